import type { Milliseconds } from '../../src/domain/clock.js';
import type { KeyRing } from '../../src/domain/key-ring.js';
import { userName } from '../../src/stores/redis/key-names.js';
import { learnedKey, readable, sessionKeyText, user } from '../harness/people.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisAtHand, type RedisAtHand } from '../harness/redis-at-hand.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisUsers } from '../harness/redis-users.js';

const alice = { ...user('alice'), unionId: null };
const name = userName(alice);
/** As Redis has it. */
const rawName = `wpg:${name}`;
const keysIn = (ring: KeyRing) => readable(ring).map((known) => (known as { key: string }).key);

/** A use of a session is noted in Redis once in that time. */
const NOTED_AGAIN_AFTER: Milliseconds = 300_000;

describeWithRedis('a key ring in Redis that was rolled back', () => {
  let server: RedisProcess;
  let hand: RedisAtHand;
  let logged: ReturnType<typeof recordedLog>;
  let users: ReturnType<typeof redisUsers>;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    hand = await redisAtHand(server);
    logged = recordedLog();
    users = redisUsers(hand.redis, { log: logged.log });
  });
  afterEach(() => hand.close());

  /** Two logins, and then the ring of the first of them again. */
  async function rollBack() {
    const first = await users.sessions.create(alice, learnedKey('a'));
    const old = String(await hand.command('GET', rawName));
    await hand.advance(10);
    const second = await users.sessions.create(alice, learnedKey('b'));
    await hand.command('SET', rawName, old, 'PX', '600000');
    return { first: first.session, second: second.session, token: second.token };
  }

  test('is not used for a session that has seen a newer one, whatever was near', async () => {
    const { first, second } = await rollBack();
    expect(await users.rings.find(second)).toEqual([]);
    expect(await users.rings.find(first)).toHaveLength(1);
    expect(await users.rings.find(second)).toEqual([]);
  });

  test('is logged once in a while, without the user', async () => {
    const { second } = await rollBack();
    for (let i = 0; i < 3; i += 1) await users.rings.find(second);
    expect(logged.lines).toHaveLength(1);
    expect(logged.lines[0]).toContain('a key ring in Redis is older');
    expect(logged.lines[0]).not.toContain(alice.openId);
  });

  test('is whole again with the next login, also for the sessions before', async () => {
    const { second } = await rollBack();
    const third = await users.sessions.create(alice, learnedKey('c'));
    expect(await users.rings.find(third.session)).not.toEqual([]);
    expect(await users.rings.find(second)).not.toEqual([]);
  });

  test('and was found so by a session is built upon by no login: a key may be superseded that it has as current', async () => {
    const { first, second } = await rollBack();
    await users.rings.find(second);
    const third = await users.sessions.create(alice, learnedKey('c'));
    for (const session of [first, second, third.session]) {
      expect(keysIn(await users.rings.find(session))).toEqual([sessionKeyText('c')]);
    }
    const fourth = await users.sessions.create(alice, learnedKey('d'));
    expect(keysIn(await users.rings.find(fourth.session))).toEqual([sessionKeyText('d'), sessionKeyText('c')]);
  });

  test('is noticed by a login that follows the use of a session whose login it lacks, and lists that session again', async () => {
    const { second, token } = await rollBack();
    await hand.advance(NOTED_AGAIN_AFTER);
    await users.sessions.find(token);
    const third = await users.sessions.create(alice, learnedKey('c'));
    expect(logged.lines).toHaveLength(1);
    expect(keysIn(await users.rings.find(third.session))).toEqual([sessionKeyText('c')]);
    expect(keysIn(await users.rings.find(second))).toEqual([sessionKeyText('c')]);
    await users.sessions.revokeAll(alice);
    expect(await users.sessions.find(token)).toBeUndefined();
  });

  test('a login before the lost one is noticed is kept when it is', async () => {
    const { token } = await rollBack();
    await hand.advance(NOTED_AGAIN_AFTER);
    const third = await users.sessions.create(alice, learnedKey('c'));
    await users.sessions.find(token);
    const fourth = await users.sessions.create(alice, learnedKey('d'));
    expect(keysIn(await users.rings.find(third.session))).toEqual([sessionKeyText('d'), sessionKeyText('c')]);
    expect(keysIn(await users.rings.find(fourth.session))).toEqual([sessionKeyText('d'), sessionKeyText('c')]);
  });

  test('a ring that was deleted is no ring, and no rolled back one; the next login starts one for all sessions', async () => {
    const { second } = await rollBack();
    await hand.command('DEL', rawName);
    expect(await users.rings.find(second)).toEqual([]);
    const third = await users.sessions.create(alice, learnedKey('c'));
    for (const session of [second, third.session]) expect(await users.rings.find(session)).toHaveLength(1);
    expect(logged.lines).toEqual([]);
  });

  test.each([
    ['later', 1],
    ['in the same millisecond', 0],
    ['at a gateway that takes Redis for a millisecond earlier', -1],
  ])('a near copy that lacks a login made %s is not used for its session: Redis is asked', async (_name, later) => {
    const now = hand.redis.now();
    const clock = jest.spyOn(hand.redis, 'now').mockReturnValue(now);
    const first = await users.sessions.create(alice, learnedKey('a'));
    await users.rings.find(first.session);
    const stale = await hand.redis.read(name);
    clock.mockReturnValue(now + later);
    const second = await users.sessions.create(alice, learnedKey('b'));
    clock.mockRestore();
    // The other's change has been made, and its invalidation has not come yet.
    const near = jest.spyOn(hand.redis, 'near').mockImplementation((_name, make) => make(stale));
    expect(await users.rings.find(second.session)).toHaveLength(2);
    near.mockRestore();
    expect(logged.lines).toEqual([]);
  });
});
