import { createClient } from 'redis';
import type { Instant, Milliseconds } from '../../src/domain/clock.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { recordedLog } from './recorded-log.js';
import type { RedisProcess } from './redis-process.js';

/** Redis's time cannot be told to the millisecond while a test runs; a second leaves room for a slow machine. */
export const REDIS_TICK: Milliseconds = 1_000;

/** A connection whose time a test can move. */
class MovableRedisConnection extends RedisConnection {
  #moved: Milliseconds = 0;

  override now(): Instant {
    return super.now() + this.#moved;
  }

  move(by: Milliseconds): void {
    this.#moved += by;
  }
}

export interface RedisAtHand {
  readonly redis: RedisConnection;
  /** Lets this much time pass for everything in Redis. */
  advance(by: Milliseconds): Promise<void>;
  /** Runs any command, past the connection under test. */
  command(...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/** An empty Redis, and a connection to it as the gateway makes it. */
export async function redisAtHand({ url }: RedisProcess): Promise<RedisAtHand> {
  const client = createClient({ url, RESP: 3 });
  await client.connect();
  await client.flushAll();
  const redis = new MovableRedisConnection({ url, log: recordedLog().log, maxNear: 1000 });
  await redis.ready();
  return {
    redis,
    async advance(by) {
      for (const key of await client.keys('*')) {
        const left = await client.pTTL(key);
        if (left > by) await client.pExpire(key, left - by);
        else if (left >= 0) await client.del(key);
      }
      redis.move(by);
      // An answer on the connection under test comes after the invalidations of its near copies.
      await redis.run((under) => under.ping());
    },
    command: (...args) => client.sendCommand(args),
    async close() {
      await redis.close();
      client.destroy();
    },
  };
}
