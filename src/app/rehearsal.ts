import { createCipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';
import { loadConfig } from '../config/config.js';
import type { OpenId } from '../domain/app.js';
import { type Milliseconds, systemClock } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import { noMetrics } from '../domain/metrics.js';
import { succeed } from '../domain/result.js';
import { SessionKey } from '../domain/session-key.js';
import { createApolloServer } from '../graphql/apollo-server.js';
import { createHttpServer } from '../http/http-server.js';
import { wireServices } from './services.js';
import { memoryStores } from './stores.js';
import { PACKAGE_ROOT } from '../package-root.js';
import { ProofSigner } from '../phones/proof-signer.js';
import type { WeixinApi } from '../weixin/weixin-api.js';

/** How long the start may take for it: from there on, more rehearsal makes little difference. */
const LASTS: Milliseconds = 100;
/** Users at a time: three times as many requests get done as one after the other, whose answers are waited for. */
const AT_A_TIME = 8;

const APP_ID = 'wx0000000000000000';
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
  const client = new Pool(await server.listen({ host: '127.0.0.1', port: 0 }), { connections: AT_A_TIME });
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
    let users = 0;
    const oneAfterTheOther = async () => {
      while (performance.now() < until) {
        users += 1;
        const loggedIn = await post(login, { input: { code: `user-${users}` } }, 'none');
        const { data } = JSON.parse(loggedIn) as { data: { login: { token: string } } };
        await post(session, {}, data.login.token);
        await post(decryptPhone, { input: encryptedPhone() }, data.login.token);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, oneAfterTheOther));
  } finally {
    await client.close();
    await server.close();
  }
}

/** The gateway's own way from HTTP to the services, on stores of its own, with a Weixin that knows every code. */
async function stage() {
  const config = loadConfig({
    NODE_ENV: 'production',
    WEIXIN_APPS: `${APP_ID}:${'0'.repeat(32)}`,
    SESSION_MAX: '1000',
  });
  const sessionKey = SessionKey.fromLatin1(KEY.toString('latin1'));
  const weixin = {
    code2Session: async (_app: unknown, code: string) => succeed({ openId: code as OpenId, unionId: null, sessionKey }),
  } as unknown as WeixinApi;
  const { schema } = await wireServices(config, {
    stores: memoryStores(config, clock),
    weixin,
    proofs: await ProofSigner.create([], config.proofIssuer, clock),
    apps: 'apps' in config.weixin ? config.weixin.apps : [],
    log: silent,
    metrics: noMetrics,
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
    landingPage: undefined,
    corsOrigins: [],
    trustProxy: 0,
    // Code that runs for the first time is slow: that is no overload.
    overload: { inFlight: 1_000, delay: 60_000 },
    metrics: noMetrics,
    maxConnections: 10,
  });
}

function shippedOperation(name: string): Promise<string> {
  return readFile(new URL(`schema/operations/${name}.graphql`, PACKAGE_ROOT), 'utf8');
}

function encryptedPhone(): object {
  const watermark = { timestamp: Math.floor(clock.now() / 1000), appid: APP_ID };
  const numbers = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', KEY, iv);
  const data = Buffer.concat([cipher.update(JSON.stringify({ ...numbers, watermark })), cipher.final()]);
  return { encryptedData: data.toString('base64'), iv: iv.toString('base64') };
}
