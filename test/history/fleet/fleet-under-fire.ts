import { systemClock } from '../../../src/domain/clock.js';
import { loadConfig } from '../../../src/config/config.js';
import { WeixinWorld } from '../../../src/simulator/weixin-world.js';
import { Fleet, type FleetGateway } from '../../harness/fleet.js';
import { RedisLine } from '../../harness/redis-line.js';
import type { RedisProcess } from '../../harness/redis-process.js';
import { until } from '../../harness/until.js';
import type { Faults, History, Interval, Promised } from '../history.js';
import { Phones } from '../phones.js';
import { Recorder } from '../recorder.js';
import type { Seeded } from '../seeded.js';
import { promisedBy } from '../simulation/simulate.js';
import { HttpDoor } from './http-door.js';
import { type Fates, RecordedWeixin } from './recorded-weixin.js';

const GATEWAYS = 3;
/** Milliseconds within which a revoked session is rejected everywhere. */
const EVERYWHERE = 1_000;
/** Milliseconds before and after a fault in which work that it met may still have been under way. */
const BEFORE = 500;
const AFTER = 3_000;
/** How far a replica may be behind, in milliseconds, on a machine that is busy with other tests. */
const REPLICA_LAG = 2_000;
/** A login leaves the session key as it is for so many milliseconds. */
const KEY_PERIOD = 5_000;

/** Of every gateway. A request that waits for Redis waits longer than on a quiet machine. */
const ENV = {
  REDIS_TIMEOUT_MS: '1000',
  SESSIONS_PER_USER: '100',
  DECRYPT_FAILURE_LIMIT: '5',
  DECRYPT_LIMIT_PER_USER: '1000000',
};
/** Of a Redis that loses nothing that it acknowledged. */
const LASTING = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];

export interface FireOptions {
  /** By default everything is in Redis's log before it is acknowledged. */
  readonly redisArgs?: readonly string[];
  /** Variables of every gateway that lead to another Redis than the one at the end of its line. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of Weixin's answers. */
  readonly fates?: Fates;
}

interface Member {
  readonly gateway: FleetGateway;
  readonly line: RedisLine;
  readonly door: HttpDoor;
}

/** Real gateways, each with a line of its own to one Redis that writes everything to its log before it answers. */
export class FleetUnderFire {
  readonly members: Member[] = [];
  readonly recorder: Recorder;
  readonly phones: Phones;
  readonly #fleet: Fleet;
  readonly #weixin: RecordedWeixin;
  readonly #disturbances: Interval[] = [];
  readonly #losses: Interval[] = [];
  readonly #env: Readonly<Record<string, string>>;
  #started = 0;

  private constructor(
    fleet: Fleet,
    weixin: RecordedWeixin,
    phones: Phones,
    recorder: Recorder,
    env: FireOptions['env'] = {},
  ) {
    this.#fleet = fleet;
    this.#weixin = weixin;
    this.#env = env;
    this.phones = phones;
    this.recorder = recorder;
  }

  static async start(
    seeded: Seeded,
    { redisArgs = LASTING, env = {}, fates }: FireOptions = {},
  ): Promise<FleetUnderFire> {
    const fleet = await Fleet.start({ gateways: 0, redisArgs, env: { ...ENV, ...env } });
    const recorder = new Recorder(() => performance.now());
    const { app } = fleet;
    const world = new WeixinWorld({ apps: [app], clock: systemClock, keyPeriod: KEY_PERIOD });
    const phones = new Phones(world, app, recorder);
    const weixin = await RecordedWeixin.start({ world, phones, recorder, seeded, fates });
    const started = new FleetUnderFire(fleet, weixin, phones, recorder, env);
    started.members.push(...(await Promise.all(Array.from({ length: GATEWAYS }, () => started.#member()))));
    return started;
  }

  get redis(): RedisProcess {
    return this.#fleet.redis;
  }

  /** Starts a gateway in the place of one that is gone. */
  async replace(index: number): Promise<void> {
    const old = this.members[index];
    this.members[index] = await this.#member();
    await old?.line.close();
  }

  /** Something is broken while this runs, and may have been met a little before and after. */
  async disturbed(strike: () => Promise<void>): Promise<void> {
    const from = this.recorder.now() - BEFORE;
    // Until it is over, nobody knows for how long.
    const disturbance = { from, until: Infinity };
    this.#disturbances.push(disturbance);
    await strike();
    disturbance.until = this.recorder.now() + AFTER;
  }

  /** Something is broken, and what Redis acknowledged a little before, or meanwhile, may be lost with it. */
  async losing(strike: () => Promise<void>): Promise<void> {
    const loss = { from: this.recorder.now() - REPLICA_LAG, until: Infinity };
    this.#losses.push(loss);
    await this.disturbed(strike);
    loss.until = this.recorder.now() + AFTER;
  }

  /** Waits until every gateway has its store again. */
  async healed(): Promise<void> {
    for (const { gateway } of this.members) {
      await until(
        async () => (await fetch(`${gateway.url}/readyz`)).text(),
        (body) => body.includes('"store":"up"'),
        30_000,
      );
    }
  }

  history(faults: Pick<Faults, 'calmFrom'>): History {
    const { entries, issued, weixin } = this.recorder;
    const promised: Promised = { ...promisedBy(loadConfig(ENV)), revokedWithin: EVERYWHERE };
    const all: Faults = { clockSteps: [], losses: this.#losses, disturbances: this.#disturbances, ...faults };
    return { entries, issued, weixin, promised, faults: all };
  }

  async stop(): Promise<void> {
    await this.#fleet.stop();
    await Promise.all(this.members.map(({ line }) => line.close()));
    await this.#weixin.close();
  }

  async #member(): Promise<Member> {
    const line = await RedisLine.to(this.redis);
    const gateway = await this.#fleet.add({ REDIS_URL: line.url, WEIXIN_API_URL: this.#weixin.origin, ...this.#env });
    this.#started += 1;
    return { gateway, line, door: new HttpDoor(`gateway ${this.#started}`, gateway.url, this.phones) };
  }
}
