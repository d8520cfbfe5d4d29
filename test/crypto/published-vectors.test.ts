import { createDecipheriv } from 'node:crypto';
import { CryptoService } from '../../src/crypto/crypto-service.js';
import { sessionKey } from '../harness/encrypted-phone.js';
import vectors from '../vectors/open-data.json' with { type: 'json' };

const { sessionKey: keyText, iv, encryptedData, plaintext, appId } = vectors.userInfoSample;
const key = sessionKey(keyText);
const data = { encryptedData: Buffer.from(encryptedData, 'base64'), iv: Buffer.from(iv, 'base64') };

test("Weixin's sample of user info decrypts with the published key: AES-128-CBC, PKCS#7", () => {
  const decipher = createDecipheriv('aes-128-cbc', key.revealBytes(), data.iv);
  const text = Buffer.concat([decipher.update(data.encryptedData), decipher.final()]).toString('utf8');
  expect(text).toBe(plaintext);
  expect(JSON.parse(text)).toMatchObject({ watermark: { appid: appId } });
});

test("Weixin's sample is genuine, and user info: it does not open as a phone document", () => {
  expect(new CryptoService().open([key], data)).toBeUndefined();
});
