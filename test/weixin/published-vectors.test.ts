import { createHash } from 'node:crypto';
import { SessionKey } from '../../src/domain/session-key.js';
import { checkEncryptedDataRequest } from '../../src/weixin/endpoints/check-encrypted-data.js';
import { sessionKeySignature } from '../../src/crypto/session-key-signature.js';
import { checkSessionKeyRequest } from '../../src/weixin/endpoints/check-session-key.js';
import { user } from '../harness/people.js';
import vectors from '../vectors/open-data.json' with { type: 'json' };

function parsed(text: string): SessionKey {
  const key = SessionKey.parse(text);
  if (key === undefined) throw new Error('The vector holds no session key.');
  return key;
}

test.each(vectors.sessionKeySignature)('a body of $body is signed as the $source vector says', (vector) => {
  expect(sessionKeySignature(parsed(vector.sessionKey), vector.body)).toBe(vector.hmacSha256Hex);
});

test('checkSessionKey sends the signature of the empty text', () => {
  const vector = vectors.sessionKeySignature.find(({ body }) => body === '');
  const request = checkSessionKeyRequest(user('alice').openId, parsed(vector?.sessionKey ?? ''));
  expect(request.query).toEqual({
    openid: user('alice').openId,
    signature: vector?.hmacSha256Hex,
    sig_method: 'hmac_sha256',
  });
});

test('checkEncryptedData sends the SHA-256 of the text that Weixin wrote', () => {
  const text = vectors.userInfoSample.encryptedData;
  const hash = createHash('sha256').update(text).digest('hex');
  expect(checkEncryptedDataRequest(Buffer.from(text, 'base64')).body).toEqual({ encrypted_msg_hash: hash });
});
