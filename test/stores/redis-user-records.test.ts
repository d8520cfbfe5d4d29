import { newToken, tokenHash } from '../../src/crypto/token.js';
import { sessionKeyName, userName } from '../../src/stores/redis/key-names.js';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { sessionLine } from '../../src/stores/redis/user-record.js';
import { learnedKey, readable, user } from '../harness/people.js';
import { redisAtHand, type RedisAtHand } from '../harness/redis-at-hand.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisUsers } from '../harness/redis-users.js';

const alice = { ...user('alice'), unionId: null };
const bob = { ...user('bob'), unionId: null };
const name = userName(alice);
/** As Redis has it. */
const rawName = `wpg:${name}`;
const MINUTE = 60_000;

describeWithRedis("a user's record in Redis", () => {
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

  const record = async () => String(await hand.command('GET', rawName));
  const keysNamed = async (pattern: string) => (await hand.command('KEYS', pattern)) as string[];
  /** Until what nobody waits for has been done. */
  const settled = async () => {
    for (let i = 0; i < 5; i += 1) await hand.redis.run((client) => client.ping());
  };

  test('of many logins stays short, and logout everywhere ends the session of each', async () => {
    const { sessions, rings } = redisUsers(hand.redis, { perUser: 10 });
    const tokens = [];
    for (let i = 0; i < 40; i += 1) {
      const { token } = await sessions.create(alice, learnedKey(`key ${i}`, 1_000 * i));
      tokens.push(token);
      await settled();
      expect((await record()).length).toBeLessThan(2_500);
    }
    expect(await rings.find(alice)).toHaveLength(3);
    const live = await Promise.all(tokens.map((token) => sessions.find(token)));
    expect(live.map((session) => session !== undefined)).toEqual(tokens.map((_, i) => i >= 30));
    expect(await sessions.revokeAll(alice)).toBe(10);
    expect(await keysNamed('*session:*')).toEqual([]);
  });

  test('that is full is made short, and takes the login', async () => {
    const { sessions, rings, records } = redisUsers(hand.redis);
    const { token } = await sessions.create(alice, learnedKey('a'));
    const lines = await record();
    const ended = Array.from({ length: records.full / 61 - 4 }, (_, i) =>
      sessionLine({ hash: fingerprint('token', String(i)), endsAt: 1, version: 0 }),
    );
    await hand.command('SET', rawName, lines + ended.join(''), 'PX', '600000');
    await sessions.create(alice, learnedKey('b'));
    expect((await record()).length).toBeLessThan(1_000);
    expect(await rings.find(alice)).toHaveLength(2);
    expect(await sessions.find(token)).toBeDefined();
  });

  test('has a login once, however often it is sent', async () => {
    const { records } = redisUsers(hand.redis);
    const session = { hash: tokenHash('t'.repeat(43) as never), endsAt: hand.redis.now() + MINUTE, version: 1_000 };
    for (let i = 0; i < 3; i += 1) await records.append(alice, session, learnedKey('a'));
    expect((await records.sessions(alice)).sessions).toEqual([session]);
  });

  test('lives as long as a session that is in use, and no longer than a session may', async () => {
    const { sessions, rings } = redisUsers(hand.redis, { idle: 10 * MINUTE, absolute: 60 * MINUTE });
    const { token, session } = await sessions.create(alice, learnedKey('a'));
    for (let i = 0; i < 6; i += 1) {
      await hand.advance(5 * MINUTE);
      expect(await sessions.find(token)).toBeDefined();
      await settled();
      expect(await rings.find(session)).toHaveLength(1);
    }
    await hand.advance(11 * MINUTE + 1_000);
    expect(await keysNamed('*')).toEqual([]);
  });

  test('a session that was ended makes room, though its own end is far away', async () => {
    const { sessions } = redisUsers(hand.redis, { perUser: 2 });
    const a = await sessions.create(alice, learnedKey('a'));
    const b = await sessions.create(alice, learnedKey('a'));
    await sessions.revoke(b.token);
    await sessions.create(alice, learnedKey('a'));
    expect(await sessions.find(a.token)).toBeDefined();
  });

  test('of another user, or of another session, gives no key where it is copied to', async () => {
    const { sessions, rings, records } = redisUsers(hand.redis);
    await sessions.create(alice, learnedKey('a'));
    const lines = await record();
    await hand.command('SET', `wpg:${userName(bob)}`, lines, 'PX', '600000');
    expect(await rings.find(bob)).toEqual([]);
    // The key of the one session in the line of another.
    await sessions.create(alice, learnedKey('b', 1_769_848_300_000));
    const [first = '', second = ''] = (await record()).split('\n');
    await hand.command('SET', rawName, `${second.slice(0, 60)}${first.slice(60)}\n`, 'PX', '600000');
    expect(await records.keys(alice)).toMatchObject({ ring: [], version: 0 });
    // The line of a session under a token that somebody chose.
    const chosen = tokenHash(newToken());
    await hand.command('SET', rawName, `S${chosen}${first.slice(44)}\n`, 'PX', '600000');
    expect(await records.keys(alice)).toMatchObject({ ring: [], version: 0 });
  });

  test('without the line of a login that is still listed has no key that this login may have superseded', async () => {
    const { sessions, records } = redisUsers(hand.redis);
    await sessions.create(alice, learnedKey('a'));
    await hand.advance(10);
    await sessions.create(alice, learnedKey('b', 1_769_848_300_000));
    await hand.advance(10);
    await sessions.create(alice, learnedKey('c', 1_769_848_400_000));
    const [first, second = '', third] = (await record()).split('\n');
    await hand.command('SET', rawName, `${[first, second.slice(0, 60), third].join('\n')}\n`, 'PX', '600000');
    const { ring } = await records.keys(alice);
    expect(readable(ring)).toEqual(readable([{ ...learnedKey('c', 1_769_848_400_000), supersededAt: null }]));
  });

  test('a login that fails half way leaves no session, and takes no room', async () => {
    const { sessions, records } = redisUsers(hand.redis, { perUser: 1 });
    const kept = await sessions.create(alice, learnedKey('a'));
    const failing = redisUsers(hand.redis, { perUser: 1 });
    const append = jest.spyOn(failing.records, 'append').mockRejectedValue(new Error('no answer'));
    await expect(failing.sessions.create(alice, learnedKey('b'))).rejects.toThrow('no answer');
    append.mockRestore();
    await settled();
    expect(await keysNamed('*session:*')).toEqual([expect.stringContaining(sessionKeyName(tokenHash(kept.token)))]);
    expect((await records.sessions(alice)).sessions).toHaveLength(1);
  });
});
