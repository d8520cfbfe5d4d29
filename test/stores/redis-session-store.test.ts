import { StoreSeal } from '../../src/crypto/store-seal.js';
import { newToken, tokenHash } from '../../src/crypto/token.js';
import { sessionKeyName } from '../../src/stores/redis/key-names.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { learnedKey, user } from '../harness/people.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisAtHand, type RedisAtHand } from '../harness/redis-at-hand.js';
import { redisCommand } from '../harness/redis-command.js';
import { RedisLine } from '../harness/redis-line.js';
import { redisSettings } from '../harness/redis-settings.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisUsers } from '../harness/redis-users.js';

const alice = { ...user('alice'), unionId: null };
const bob = { ...user('bob'), unionId: null };

/** A connection that dies after some commands. */
class MortalConnection extends RedisConnection {
  commandsLeft = Infinity;

  override async run<T>(commands: Parameters<RedisConnection['run']>[0]): Promise<T> {
    this.#count();
    return super.run(commands) as Promise<T>;
  }

  override read(key: string): Promise<string | null> {
    this.#count();
    return super.read(key);
  }

  #count(): void {
    this.commandsLeft -= 1;
    if (this.commandsLeft < 0) throw new StoreUnavailable('dead');
  }
}

describeWithRedis('RedisSessionStore', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => redisCommand(server, 'FLUSHALL'));

  async function mortal(perUser: number) {
    const redis = new MortalConnection({ settings: redisSettings(server.url), log: recordedLog().log, maxNear: 100 });
    await redis.ready();
    return { redis, store: redisUsers(redis, { perUser }).sessions };
  }

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'where a login dies after %d commands, logout everywhere ends every session',
    async (n) => {
      const { redis, store } = await mortal(1);
      const { token: old } = await store.create(alice, learnedKey('a'));
      redis.commandsLeft = n;
      const next = await store.create(alice, learnedKey('a')).catch(() => undefined);
      redis.commandsLeft = Infinity;
      await store.revokeAll(alice);
      expect(await store.find(old)).toBeUndefined();
      expect(next && (await store.find(next.token))).toBeUndefined();
      expect(await redisCommand(server, 'KEYS', 'wpg:session:*')).toEqual([]);
      await redis.close();
    },
  );

  test.each([1, 2, 3, 4, 5])('logout everywhere that dies after %i commands can be asked for again', async (n) => {
    const { redis, store } = await mortal(5);
    const tokens = [];
    for (let i = 0; i < 3; i += 1) tokens.push((await store.create(alice, learnedKey('a'))).token);
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

describeWithRedis('somebody who writes to Redis, and has no key of STORE_KEYS,', () => {
  let server: RedisProcess;
  let hand: RedisAtHand;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    hand = await redisAtHand(server);
  });
  afterEach(() => hand.close());

  const nameOf = (token: ReturnType<typeof newToken>) => sessionKeyName(tokenHash(token));
  /** As Redis has it. */
  const rawNameOf = (token: ReturnType<typeof newToken>) => `wpg:${nameOf(token)}`;

  test.each<[string, (session: object) => string]>([
    ['in the open', (session) => JSON.stringify(session)],
    ['under a key of their own', (session) => of(new StoreSeal([{ id: 'a', key: Buffer.alloc(32, 2) }]), session)],
  ])('makes no session of a user: %s', async (_how, write) => {
    const { sessions } = redisUsers(hand.redis);
    const { session } = await sessions.create(alice, learnedKey('a'));
    await hand.command('SET', rawNameOf(chosen), write(session), 'PX', '60000');
    expect(await sessions.find(chosen)).toBeUndefined();
    expect(await sessions.revoke(chosen)).toBe(0);
  });

  test('makes no session by copying one to a token that they have', async () => {
    const { sessions } = redisUsers(hand.redis);
    const { token } = await sessions.create(alice, learnedKey('a'));
    const mine = await sessions.create(bob, learnedKey('a'));
    await hand.command('COPY', rawNameOf(token), rawNameOf(mine.token), 'REPLACE');
    expect(await sessions.find(mine.token)).toBeUndefined();
    expect(await sessions.find(token)).toMatchObject(alice);
  });

  test('reads in a session no user and no token', async () => {
    const { sessions } = redisUsers(hand.redis);
    const { token } = await sessions.create({ ...alice, unionId: 'u-alice' }, learnedKey('a'));
    const written = String(await hand.command('GET', rawNameOf(token)));
    expect(written).toMatch(/^a\.[\w-]+$/);
    for (const text of [alice.openId, 'u-alice', token, tokenHash(token)]) expect(written).not.toContain(text);
  });

  const chosen = newToken();
  const of = (seal: StoreSeal, session: object) => seal.seal(nameOf(chosen), JSON.stringify(session));

  test('a session that ends while it is looked up is not told again for its code', async () => {
    const line = await RedisLine.to(server);
    const settings = redisSettings({ REDIS_URL: line.url, REDIS_TIMEOUT_MS: '5000' });
    const redis = new RedisConnection({ settings, log: recordedLog().log, maxNear: 100 });
    try {
      await redis.ready();
      const created = await redisUsers(redis).sessions.create(alice, learnedKey('a'));
      // It has noted no use of the session yet.
      const { sessions } = redisUsers(redis);
      line.hold();
      const finding = sessions.find(created.token);
      const revoking = sessions.revoke(created.token);
      line.release();
      expect(await revoking).toBe(1);
      await finding;
      expect(await sessions.recall(sessions.note(created))).toBeUndefined();
    } finally {
      await redis.close();
      await line.close();
    }
  });
});
