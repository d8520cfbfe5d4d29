import { RedisFailureBudget } from '../../../src/stores/redis/redis-failure-budget.js';
import { RedisLoginLimit } from '../../../src/stores/redis/redis-login-limit.js';
import { RedisOnce } from '../../../src/stores/redis/redis-once.js';
import { RedisRateLimit } from '../../../src/stores/redis/redis-rate-limit.js';
import { deployedAtHand, REDIS_TICK, type RedisAtHand } from '../../harness/redis-at-hand.js';
import { redisUsers, seal } from '../../harness/redis-users.js';
import { deployments, type RedisDeployment } from '../../harness/redis-deployments.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { describeFailureBudget } from './failure-budget.js';
import { describeKeyRingStore } from './key-ring-store.js';
import { describeLoginLimit } from './login-limit.js';
import { describeOnce } from './once.js';
import { describeRateLimit } from './rate-limit.js';
import { describeSessionStore } from './session-store.js';
import type { MakeStore } from './store-at-hand.js';

/** The contract suites over a Redis that is deployed so. @param isShort the sessions alone */
export function describeRedisStores(name: string, isShort = false): void {
  describeWithRedis(`over a real Redis: ${name}`, () => suites(deployments[name] ?? missing(name), isShort));
}

function missing(name: string): never {
  throw new RangeError(`There is no deployment called ${name}.`);
}

function suites(deploy: () => Promise<RedisDeployment>, isShort: boolean): void {
  let deployed: RedisDeployment;
  beforeAll(async () => {
    deployed = await deploy();
  });
  afterAll(() => deployed.stop());

  /** Hands a suite a store over an empty Redis. */
  const made =
    <Store, Options>(make: (hand: RedisAtHand, options: Options) => Store): MakeStore<Store, Options> =>
    async (options) => {
      const hand = await deployedAtHand(deployed);
      return { store: make(hand, options), advance: (by) => hand.advance(by), close: () => hand.close() };
    };

  describeSessionStore(
    'RedisSessionStore',
    made(({ redis }, limits) => redisUsers(redis, { touchEvery: 0, ...limits }).sessions),
    REDIS_TICK,
  );
  if (isShort) return;
  describeKeyRingStore(
    'RedisKeyRingStore',
    made(({ redis }, { keep }) => redisUsers(redis, { absolute: keep })),
    REDIS_TICK,
  );
  describeFailureBudget(
    'RedisFailureBudget',
    made(({ redis }, limits) => new RedisFailureBudget({ redis, ...limits })),
    REDIS_TICK,
  );
  describeRateLimit(
    'RedisRateLimit',
    made(({ redis }, options) => new RedisRateLimit({ redis, ...options })),
    REDIS_TICK,
  );
  describeLoginLimit(
    'RedisLoginLimit',
    made(({ redis }, options) => new RedisLoginLimit({ redis, ...options })),
    REDIS_TICK,
  );
  describeOnce(
    'RedisOnce',
    made(({ redis }) => new RedisOnce({ redis, seal, lease: 60_000 })),
    REDIS_TICK,
  );
}
