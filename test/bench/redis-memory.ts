import { createClient } from 'redis';
import { Contender } from './contender.js';
import type { Servers } from './servers.js';

const SAMPLED_KEYS = 1_000;

export interface RedisMemory {
  readonly logins: number;
  /** Bytes of `used_memory` for each login of a user of its own: everything, just after the last of them. */
  readonly afterLogin: number;
  /** The same without the records of used codes, which are gone after five minutes: what stays. */
  readonly staying: number;
  /** The same without the sessions: what is left of a user until their record ends. */
  readonly withoutSession: number;
  /** Bytes of the keys of each kind as MEMORY USAGE tells them, on average. */
  readonly parts: Readonly<Record<'session' | 'user', number>>;
}

/** What sessions take in an empty Redis of their own. */
export async function redisMemory(servers: Servers, logins: number): Promise<RedisMemory> {
  const url = `redis://127.0.0.1:${await servers.redis()}`;
  const gateway = await servers.gateway({ REDIS_URL: url });
  const client = createClient({ url, RESP: 3 });
  await client.connect();
  const used = async () => Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
  const contender = new Contender('gateway, Redis', gateway);
  // Connections and scripts are there before the first measurement.
  await contender.logIn(100);
  await client.flushAll();

  const before = await used();
  await contender.logIn(logins);
  const afterLogin = (await used()) - before;
  const parts = {
    session: await averageUsage('wpg:session:*'),
    user: await averageUsage('wpg:user:*'),
  };
  for await (const keys of client.scanIterator({ MATCH: 'wpg:once:*', COUNT: 1000 })) {
    // A page may be empty.
    if (keys.length > 0) await client.del(keys);
  }
  const staying = (await used()) - before;
  for await (const keys of client.scanIterator({ MATCH: 'wpg:session:*', COUNT: 1000 })) {
    if (keys.length > 0) await client.del(keys);
  }
  const withoutSession = (await used()) - before;

  client.destroy();
  await gateway.stop();
  return {
    logins,
    afterLogin: afterLogin / logins,
    staying: staying / logins,
    withoutSession: withoutSession / logins,
    parts,
  };

  async function averageUsage(pattern: string): Promise<number> {
    let bytes = 0;
    let counted = 0;
    for await (const keys of client.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
      for (const key of keys) bytes += (await client.memoryUsage(key)) ?? 0;
      counted += keys.length;
      if (counted >= SAMPLED_KEYS) break;
    }
    return bytes / counted;
  }
}
