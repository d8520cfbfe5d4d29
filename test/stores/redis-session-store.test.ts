import { fingerprint } from '../../src/crypto/fingerprint.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { RedisSessionStore } from '../../src/stores/redis/redis-session-store.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { user } from '../harness/people.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisCommand } from '../harness/redis-command.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

/** A connection that dies after some commands. */
class MortalConnection extends RedisConnection {
  commandsLeft = Infinity;

  override async run<T>(commands: Parameters<RedisConnection['run']>[0]): Promise<T> {
    this.commandsLeft -= 1;
    if (this.commandsLeft < 0) throw new StoreUnavailable('dead');
    return super.run(commands) as Promise<T>;
  }
}

describeWithRedis('RedisSessionStore', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'where a login dies after %d commands, logout everywhere ends every session',
    async (n) => {
      await redisCommand(server, 'FLUSHALL');
      const redis = new MortalConnection({ url: server.url, log: recordedLog().log, maxNear: 100 });
      await redis.ready();
      const limits = { perUser: 1, idle: 60_000, absolute: 60_000, maxNear: 100 };
      const store = new RedisSessionStore({ redis, ...limits });
      const [old, next] = ['old', 'next'].map((name) => fingerprint('token', name));
      if (old === undefined || next === undefined) throw new Error('unreachable');
      const alice = { ...user('alice'), unionId: null };
      await store.create(old, alice);

      redis.commandsLeft = n;
      await store.create(next, alice).catch(() => undefined);
      redis.commandsLeft = Infinity;
      await store.revokeAll(alice);
      expect([await store.find(old), await store.find(next)]).toEqual([undefined, undefined]);
      await redis.close();
    },
  );

  test.each([1, 2, 3, 4, 5])('logout everywhere that dies after %i commands can be asked for again', async (n) => {
    await redisCommand(server, 'FLUSHALL');
    const redis = new MortalConnection({ url: server.url, log: recordedLog().log, maxNear: 100 });
    await redis.ready();
    const store = new RedisSessionStore({ redis, perUser: 5, idle: 60_000, absolute: 60_000, maxNear: 100 });
    const alice = { ...user('alice'), unionId: null };
    const tokens = ['mine', 'phone', 'tablet'].map((name) => fingerprint('token', name));
    for (const token of tokens) await store.create(token, alice);
    const [mine] = tokens;

    redis.commandsLeft = n;
    const first = await store.revokeAll(alice, mine).catch(() => 'unavailable');
    redis.commandsLeft = Infinity;
    const live = await Promise.all(tokens.map(async (token) => (await store.find(token)) !== undefined));
    // Either it ended all of them, or the one who asked is still logged in.
    expect(first === 'unavailable' ? live[0] : live).toEqual(first === 'unavailable' ? true : [false, false, false]);
    await store.revokeAll(alice, mine);
    expect(await Promise.all(tokens.map((token) => store.find(token)))).toEqual([undefined, undefined, undefined]);
    await redis.close();
  });
});
