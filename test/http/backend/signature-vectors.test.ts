import { SessionKey } from '../../../src/domain/session-key.js';
import { noMetrics } from '../../../src/domain/metrics.js';
import { createBackendServer } from '../../../src/http/backend/backend-server.js';
import { userSignature } from '../../../src/http/backend/user-signature.js';
import { TokenIntrospection } from '../../../src/sessions/token-introspection.js';
import type { SessionProofs } from '../../../src/sessions/session-proofs.js';
import { UserSignatures } from '../../../src/sessions/user-signatures.js';
import { MemoryRateLimit } from '../../../src/stores/memory/memory-rate-limit.js';
import { Secret } from '../../../src/domain/secret.js';
import { BackEnd, JSON_TYPE, SECRET } from '../../harness/back-end.js';
import { ManualClock } from '../../harness/manual-clock.js';
import { memoryUsers } from '../../harness/memory-users.js';
import { user } from '../../harness/people.js';
import { recordedLog } from '../../harness/recorded-log.js';
import { app } from '../../harness/weixin-client.js';
import { ScriptedWeixin } from '../../harness/session-service.js';

/*
 * Each signature was worked out with openssl over the same bytes in a file, keyed with the key's text:
 *
 *   openssl dgst -sha256 -hmac 'tiihtNczf5v6AKRyjwEUhQ==' FILE
 */
const KEY = 'tiihtNczf5v6AKRyjwEUhQ==';
const VECTORS = [
  {
    what: 'the data of a payment',
    data: '{"offerId":"1450000","buyQuantity":1,"env":0,"currencyType":"CNY","productId":"月卡","goodsPrice":600,"outTradeNo":"T-1","attach":"a\\"b"}',
    signature: 'e8c696b245dd6145727b3480d1e59e084ce2b5cfd1c29eb4c5b8cbafd1bdb8d4',
  },
  { what: 'nothing', data: '', signature: '7154f9f8b4b76b92f541cbf0e37d48840fa06e5e42da92a6f80168a1516a4735' },
  {
    what: 'white space, as it is',
    data: ' { "a" : 1 }\r\n\t',
    signature: '0e9ab4b93bc8e058d525d87e476552b03f5e227ee6cef94cb80a362ddf2fa8ff',
  },
  {
    what: 'a byte order mark, an emoji and a null',
    data: '\ufeff{"emoji":"💰"}\0',
    signature: '18c91523425fbf70592184f88bc867597a149749e8920287f80c3835c119401f',
  },
];

const alice = user('alice');
const keyOf = (text: string) => SessionKey.parse(text) as SessionKey;

/** The door over a user whose newest key is the one above, and an older one was there before. */
async function sign(body: string): Promise<{ readonly status: number; readonly body: object }> {
  const clock = new ManualClock();
  const { sessions, rings } = memoryUsers(clock);
  for (const key of ['AAAAAAAAAAAAAAAAAAAAAA==', KEY]) {
    clock.advanceSeconds(1);
    const now = clock.now();
    await sessions.create({ ...alice, unionId: null }, { key: keyOf(key), askedAt: now, learnedAt: now });
    clock.advanceSeconds(1);
  }
  const limit = (name: 'weixin_by_user' | 'backend_by_client') =>
    new MemoryRateLimit({ name, clock, limit: 10, window: 60_000, max: 10 });
  const signatures = new UserSignatures({
    apps: { get: () => app },
    rings,
    weixin: new ScriptedWeixin(),
    limits: { weixinByUser: limit('weixin_by_user') },
    metrics: noMetrics,
    weixinTimeout: 1000,
  });
  const proofs = { read: async () => undefined } as unknown as SessionProofs;
  const server = createBackendServer({
    endpoints: [userSignature(new TokenIntrospection({ sessions, proofs }), signatures)],
    clients: [{ id: 'shop', secret: new Secret(SECRET) }],
    byClient: limit('backend_by_client'),
    log: recordedLog().log,
    metrics: noMetrics,
    readiness: () => 'ready',
    overload: { inFlight: 10, delay: 10_000 },
    maxConnections: 10,
  });
  try {
    const door = new BackEnd(await server.listen({ host: '127.0.0.1', port: 0 }));
    const { status, body: answer } = await door.post('/user-signature', body, JSON_TYPE);
    return { status, body: answer };
  } finally {
    await server.close();
  }
}

test.each(VECTORS)('$what is signed as openssl signs it', async ({ data, signature }) => {
  expect(await sign(JSON.stringify({ ...alice, data }))).toEqual({ status: 200, body: { signature } });
});

test.each(VECTORS)('$what is the same data if JSON escapes each of its characters', async ({ data, signature }) => {
  const escaped = Array.from({ length: data.length }, (_, i) => {
    return `\\u${data.charCodeAt(i).toString(16).padStart(4, '0')}`;
  });
  const body = JSON.stringify({ ...alice, data: '' }).replace('"data":""', `"data":"${escaped.join('')}"`);
  expect(await sign(body)).toEqual({ status: 200, body: { signature } });
});

test.each(['\\ud83d', 'a\\udcb0b', '\\udcb0\\ud83d'])('%s is half a pair: it has no bytes to sign', async (half) => {
  const body = JSON.stringify({ ...alice, data: '' }).replace('"data":""', `"data":"${half}"`);
  expect(await sign(body)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
});
