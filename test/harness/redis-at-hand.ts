import { createClient } from 'redis';
import type { Instant, Milliseconds } from '../../src/domain/clock.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { recordedLog } from './recorded-log.js';
import { redisSettings } from './redis-settings.js';
import type { RedisDeployment } from './redis-deployments.js';
import type { RedisProcess } from './redis-process.js';

/** Redis's time cannot be told to the millisecond while a test runs; a second leaves room for a slow machine. */
export const REDIS_TICK: Milliseconds = 1_000;

/** The usual deadline of a command is missed on a machine that is busy with other things. */
const PATIENT = { REDIS_TIMEOUT_MS: '5000' };

/** A connection whose time a test can move. */
class MovableRedisConnection extends RedisConnection {
  #moved: Milliseconds = 0;

  override now(): Instant {
    return super.now() + this.#moved;
  }

  /** Asks in every third of the slots, so that each master of a cluster of three is asked. */
  async settled(): Promise<void> {
    const keys = Array.from({ length: 12 }, (_, i) => `settled:${i}`);
    await this.run((client) => Promise.all(keys.map((key) => client.get(key))));
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
export async function redisAtHand({ url }: Pick<RedisProcess, 'url'>): Promise<RedisAtHand> {
  return deployedAtHand({ env: { REDIS_URL: url }, masters: [url] });
}

/** The same over any deployment. `command` asks its first master. */
export async function deployedAtHand({ env, masters }: Omit<RedisDeployment, 'stop'>): Promise<RedisAtHand> {
  const clients = await Promise.all(masters.map((url) => createClient({ url, RESP: 3 }).connect()));
  for (const client of clients) await client.flushAll();
  const redis = new MovableRedisConnection({
    settings: redisSettings({ ...PATIENT, ...env }),
    log: recordedLog().log,
    maxNear: 1000,
  });
  await redis.ready();
  return {
    redis,
    async advance(by) {
      // What nobody waits for takes up to three round trips, one after the other.
      for (let i = 0; i < 3; i += 1) await redis.settled();
      for (const client of clients) {
        for (const key of await client.keys('*')) {
          const left = await client.pTTL(key);
          if (left > by) await client.pExpire(key, left - by);
          else if (left >= 0) await client.del(key);
        }
      }
      redis.move(by);
      // An answer on the connection under test comes after the invalidations of its near copies.
      await redis.settled();
    },
    command: (...args) => clients[0]?.sendCommand(args) ?? Promise.reject(new Error('There is no master.')),
    async close() {
      await redis.close();
      for (const client of clients) client.destroy();
    },
  };
}
