import { createCipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client } from 'undici';
import { CryptoService } from './crypto/crypto-service.js';
import type { AppId, OpenId } from './domain/app.js';
import { type Milliseconds, systemClock } from './domain/clock.js';
import type { Log } from './domain/log.js';
import { noMetrics } from './domain/metrics.js';
import { succeed } from './domain/result.js';
import { Secret } from './domain/secret.js';
import { SessionKey } from './domain/session-key.js';
import { createApolloServer } from './graphql/apollo-server.js';
import { buildGatewaySchema } from './graphql/schema.js';
import { createHttpServer } from './http/http-server.js';
import { GrammarWatch } from './phones/grammar-watch.js';
import { PhoneService } from './phones/phone-service.js';
import { ProofSigner } from './phones/proof-signer.js';
import { SessionService } from './sessions/session-service.js';
import { MemoryFailureBudget } from './stores/memory/memory-failure-budget.js';
import { MemoryKeyRingStore } from './stores/memory/memory-key-ring-store.js';
import { MemoryOnce } from './stores/memory/memory-once.js';
import { MemoryRateLimit } from './stores/memory/memory-rate-limit.js';
import { MemorySessionStore } from './stores/memory/memory-session-store.js';
import { ShardedLru } from './stores/memory/sharded-lru.js';
import type { WeixinApi } from './weixin/weixin-api.js';

/** How long the start may take for it: from there on, more rehearsal makes little difference. */
const LASTS: Milliseconds = 100;

const APP = { appId: 'wx0000000000000000' as AppId, secret: new Secret('none') };
const KEY = randomBytes(16);

const clock = systemClock;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Plays the hot operations through before there is a gateway, so that its first requests meet code that has run: users log
 * in, look at their session, and have a number decrypted, over HTTP on a free port of the loopback interface. Everything
 * that keeps something is made for the rehearsal and dropped after it: no metric, log, store or Weixin of the gateway's has
 * a part in it.
 */
export async function rehearse(): Promise<void> {
  const server = await stage();
  const client = new Client(await server.listen({ host: '127.0.0.1', port: 0 }));
  try {
    const documents = await Promise.all(['login', 'session', 'decrypt-phone'].map(shippedOperation));
    const [login = '', session = '', decryptPhone = ''] = documents;
    const post = async (query: string, variables: object, token: string): Promise<string> => {
      const { body } = await client.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return body.text();
    };
    const until = performance.now() + LASTS;
    for (let user = 1; performance.now() < until; user += 1) {
      const loggedIn = await post(login, { input: { code: `user-${user}` } }, 'none');
      const { data } = JSON.parse(loggedIn) as { data: { login: { token: string } } };
      await post(session, {}, data.login.token);
      await post(decryptPhone, { input: encryptedPhone() }, data.login.token);
    }
  } finally {
    await client.close();
    await server.close();
  }
}

/** The gateway's own way from HTTP to the services, on stores of its own, with a Weixin that knows every code. */
async function stage() {
  const max = 1_000;
  const users = new ShardedLru(max);
  const limit = new MemoryRateLimit({ name: 'login_by_app', limit: 1_000_000, window: 60_000, clock, max });
  const stores = {
    sessions: new MemorySessionStore({ clock, users, max, perUser: 1, idle: 60_000, absolute: 60_000 }),
    rings: new MemoryKeyRingStore({ clock, users, keep: 60_000 }),
    budget: new MemoryFailureBudget({ clock, max, limit: 1, window: 60_000 }),
    once: new MemoryOnce({ clock, max }),
    limits: { loginByAddress: limit, loginByApp: limit, weixinByUser: limit, decryptByUser: limit },
    clock,
    metrics: noMetrics,
    weixinTimeout: 1_000,
  };
  const sessionKey = SessionKey.parse(KEY.toString('base64')) as SessionKey;
  const weixin = {
    code2Session: async (_app: unknown, code: string) => succeed({ openId: code as OpenId, unionId: null, sessionKey }),
  } as unknown as WeixinApi;
  const schema = await buildGatewaySchema({
    sessions: new SessionService({ weixin, ...stores, loginReplay: 0 }),
    phones: new PhoneService({
      crypto: new CryptoService(),
      weixin,
      ...stores,
      grammarWatch: new GrammarWatch(clock, silent),
      rules: { maxAge: 60_000, skew: 60_000 },
      verifyOrigin: false,
      bindPhoneCodes: false,
    }),
    proofs: await ProofSigner.create([], 'none', clock),
    apps: new Map([[APP.appId, APP]]),
  });
  const apollo = createApolloServer({ schema, log: silent, introspection: false, landingPage: undefined });
  await apollo.start();
  return createHttpServer({
    apollo,
    log: silent,
    readiness: () => 'ready',
    storeState: () => 'up',
    jwks: {},
    trustedDocuments: undefined,
    corsOrigins: [],
    trustProxy: 0,
    // Code that runs for the first time is slow: that is no overload.
    overload: { inFlight: 1_000, delay: 60_000 },
    metrics: noMetrics,
    maxConnections: 10,
  });
}

function shippedOperation(name: string): Promise<string> {
  return readFile(new URL(`../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
}

function encryptedPhone(): object {
  const watermark = { timestamp: Math.floor(clock.now() / 1000), appid: APP.appId };
  const numbers = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', KEY, iv);
  const data = Buffer.concat([cipher.update(JSON.stringify({ ...numbers, watermark })), cipher.final()]);
  return { encryptedData: data.toString('base64'), iv: iv.toString('base64') };
}
