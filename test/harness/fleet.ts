import { randomBytes } from 'node:crypto';
import type { AppWithSecret } from '../../src/domain/app.js';
import { systemClock } from '../../src/domain/clock.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import type { Fault } from '../../src/simulator/fault-script.js';
import { Simulator } from '../../src/simulator/simulator.js';
import type { TapDetail } from '../../src/simulator/weixin-world.js';
import { remember } from './evidence.js';
import { GatewayClient } from './gateway-client.js';
import { GatewayProcess } from './gateway-process.js';
import { RedisProcess } from './redis-process.js';

const CODE_2_SESSION = '/sns/jscode2session';
/** A second wx.login within a test leaves the session key as it is. */
const KEY_PERIOD = 600_000;

/** A gateway of a fleet: the built process, and where it listens. */
export interface FleetGateway {
  readonly process: GatewayProcess;
  readonly url: string;
  client(token?: string): GatewayClient;
}

export interface FleetOptions {
  /** Variables of every gateway. */
  readonly env?: Record<string, string>;
  /** Of redis-server. */
  readonly redisArgs?: readonly string[];
  readonly gateways?: number;
}

/** Gateway processes that share a real redis-server, and a Weixin that keeps its own ledger outside them. */
export class Fleet {
  readonly redis: RedisProcess;
  readonly simulator: Simulator;
  readonly app: AppWithSecret;
  readonly gateways: FleetGateway[] = [];
  readonly #env: Record<string, string>;
  readonly #processes: GatewayProcess[] = [];

  private constructor(redis: RedisProcess, simulator: Simulator, app: AppWithSecret, env: Record<string, string>) {
    this.redis = redis;
    this.simulator = simulator;
    this.app = app;
    this.#env = env;
  }

  static async start({ env = {}, redisArgs, gateways = 2 }: FleetOptions = {}): Promise<Fleet> {
    const app = createDemoApp();
    const simulator = new Simulator({ apps: [app], clock: systemClock, keyPeriod: KEY_PERIOD });
    const origin = await simulator.listen(0);
    const redis = await RedisProcess.start(redisArgs);
    const fleet = new Fleet(redis, simulator, app, {
      PORT: '0',
      DRAIN_SECONDS: '0',
      WEIXIN_SIMULATOR: 'off',
      WEIXIN_API_URL: origin,
      WEIXIN_APPS: `${app.appId}:${app.secret.reveal()}`,
      REDIS_URL: redis.url,
      STORE_KEYS: storeKey('a'),
      // A machine that is busy with other tests is no overload.
      OVERLOAD_DELAY_MS: '60000',
      // What else holds a forger back is to be seen by itself.
      DECRYPT_LIMIT_PER_USER: '10000000',
      ...env,
    });
    await Promise.all(Array.from({ length: gateways }, () => fleet.add()));
    return fleet;
  }

  /** The gateway with this number. */
  at(index: number): FleetGateway {
    const gateway = this.gateways[index];
    if (gateway === undefined) throw new RangeError(`There is no gateway ${index}.`);
    return gateway;
  }

  /** One more gateway, with the last number. */
  async add(env: Record<string, string> = {}): Promise<FleetGateway> {
    const started = new GatewayProcess({ ...this.#env, ...env });
    this.#processes.push(started);
    const { url } = await started.line('listening');
    const gateway: FleetGateway = {
      process: started,
      url: String(url),
      client: (token) => new GatewayClient(String(url), token),
    };
    this.gateways.push(gateway);
    return gateway;
  }

  /** wx.login on the phone of this user. */
  code(user: string): string {
    const code = this.simulator.world.login(this.app.appId, user);
    remember('code', code);
    remember('session key', this.simulator.world.sessionKey(this.app.appId, user));
    return code;
  }

  tap(user: string): TapDetail {
    const tapped = this.simulator.world.tap(this.app.appId, user);
    remember('code', tapped.code);
    return tapped;
  }

  /** How many login codes reached Weixin. */
  get loginsAtWeixin(): number {
    return this.simulator.faults.calls(CODE_2_SESSION);
  }

  /** Weixin answers the next login that late, or the next so many. */
  delayNextLogin(delayMs: number, logins = 1): void {
    this.simulator.faults.add(CODE_2_SESSION, new Array<Fault>(logins).fill({ delayMs }));
  }

  loggedIn(user: string, at = 0): Promise<GatewayClient> {
    return this.at(at).client().loggedIn(this.code(user));
  }

  /** Two clients of one session: the second gateway has it near, and the last answer of both was the session. */
  async usedAtBoth(user: string): Promise<[GatewayClient, GatewayClient]> {
    const here = await this.loggedIn(user);
    const there = this.at(1).client(here.token);
    for (const client of [here, there, there]) {
      const { __typename } = await client.session();
      if (__typename !== 'Session') throw new Error(`The session is ${__typename}.`);
    }
    return [here, there];
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((started) => started.kill()));
    await this.redis.stop();
    await this.simulator.close();
  }
}

/** An entry of STORE_KEYS. */
export function storeKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

/** What a client was told: the typename of a success, the code of a failure. */
export function told(answer: { readonly __typename: string; readonly code?: string }): string {
  return answer.code ?? answer.__typename;
}
