import { createDemoApp } from '../../src/simulator/demo-app.js';
import { WeixinWorld } from '../../src/simulator/weixin-world.js';
import { ManualClock } from '../harness/manual-clock.js';
import { runGateway } from '../harness/running-gateway.js';
import { Attacker, ATTACKER } from './attacker.js';
import { HttpOracle } from './http-oracle.js';
import type { NaiveDecryptor } from './naive/naive-decryptors.js';
import { serveNaively } from './naive/naive-server.js';
import { CountedOracle, type Oracle, OutOfQueries } from './oracle.js';

/** A server under attack, and its attacker, who is logged in. */
export interface Target {
  readonly oracle: Oracle;
  readonly attacker: Attacker;
  stop(): Promise<void>;
}

/** An attack sends queries until it succeeds, gives up, or has none left; the answers show whether it won. */
export type Attack = (oracle: CountedOracle, attacker: Attacker, number: string) => Promise<void>;

/** Number that the attacker wants to be vouched for; it is not theirs. */
export const VICTIM_NUMBER = '13912345678';

/** The answer to every defect of a document, byte for byte. */
export const ONE_ANSWER =
  '200 {"data":{"decryptPhone":{"__typename":"InvalidSessionError","code":"KEY_MISMATCH",' +
  '"message":"None of the user\'s recent session keys opens this data: call wx.login and the login mutation, then send ' +
  'the same data again; if the answer stays, have the user tap again.","remedy":"LOGIN_AND_RESEND",' +
  '"retryAfterSeconds":null}}}\n';

/** Runs an attack on a target; it gets that many queries. */
export async function mount(attack: Attack, { oracle, attacker }: Target, queries: number): Promise<CountedOracle> {
  const counted = new CountedOracle(oracle, queries);
  try {
    await attack(counted, attacker, VICTIM_NUMBER);
  } catch (error) {
    if (!(error instanceof OutOfQueries)) throw error;
  }
  return counted;
}

export async function naiveTarget(decryptor: NaiveDecryptor): Promise<Target> {
  const clock = new ManualClock();
  const app = createDemoApp();
  const world = new WeixinWorld({ apps: [app], clock, keyPeriod: 0 });
  const login = world.code2Session(app.appId, app.secret.reveal(), world.login(app.appId, ATTACKER));
  if ('errcode' in login) throw new Error(login.errmsg);
  const sessionKey = Buffer.from(login.session_key, 'base64');
  const server = await serveNaively(decryptor, { sessionKey, appId: app.appId });
  const oracle = HttpOracle.naive(server.url);
  return {
    oracle,
    attacker: new Attacker(world, clock, { appId: app.appId, openId: login.openid, unionId: login.unionid }),
    async stop() {
      await oracle.close();
      await server.stop();
    },
  };
}

/** The gateway with so large a budget that only the grammar protects it. */
export async function gatewayTarget(): Promise<Target> {
  const running = await runGateway({ DECRYPT_FAILURE_LIMIT: '1000000' });
  const { gateway, simulator, clock } = running;
  const client = await running.loggedIn(ATTACKER);
  const session = await client.session();
  if (session.__typename !== 'Session') throw new Error(`session gave ${session.__typename}`);
  const { appId, openId, unionId } = session;
  const oracle = HttpOracle.gateway(gateway.url, client.token ?? '');
  return {
    oracle,
    attacker: new Attacker(simulator.world, clock, { appId, openId, unionId: unionId ?? '' }),
    async stop() {
      await oracle.close();
      await gateway.stop();
    },
  };
}
