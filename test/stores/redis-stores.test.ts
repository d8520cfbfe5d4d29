import { RedisFailureBudget } from '../../src/stores/redis/redis-failure-budget.js';
import { RedisOnce } from '../../src/stores/redis/redis-once.js';
import { RedisRateLimit } from '../../src/stores/redis/redis-rate-limit.js';
import { REDIS_TICK, redisAtHand, type RedisAtHand } from '../harness/redis-at-hand.js';
import { redisUsers, seal } from '../harness/redis-users.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { describeFailureBudget } from './contract/failure-budget.js';
import { describeKeyRingStore } from './contract/key-ring-store.js';
import { describeOnce } from './contract/once.js';
import { describeRateLimit } from './contract/rate-limit.js';
import { describeSessionStore } from './contract/session-store.js';
import type { MakeStore } from './contract/store-at-hand.js';

describeWithRedis('over a real redis-server', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  /** Hands a suite a store over an empty Redis. */
  const made =
    <Store, Options>(make: (hand: RedisAtHand, options: Options) => Store): MakeStore<Store, Options> =>
    async (options) => {
      const hand = await redisAtHand(server);
      return { store: make(hand, options), advance: (by) => hand.advance(by), close: () => hand.close() };
    };

  describeSessionStore(
    'RedisSessionStore',
    made(({ redis }, limits) => redisUsers(redis, { touchEvery: 0, ...limits }).sessions),
    REDIS_TICK,
  );
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
  describeOnce(
    'RedisOnce',
    made(({ redis }) => new RedisOnce({ redis, seal, lease: 60_000 })),
    REDIS_TICK,
  );
});
