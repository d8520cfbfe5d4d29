import { setTimeout as delay } from 'node:timers/promises';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { RedisOnce } from '../../src/stores/redis/redis-once.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { learnedKey, user } from '../harness/people.js';
import { recordedLog } from '../harness/recorded-log.js';
import { RedisLine } from '../harness/redis-line.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';
import { redisUsers, seal } from '../harness/redis-users.js';
import { until } from '../harness/until.js';

/** Milliseconds. */
const PATIENCE = 10_000;
const STALL = 400;
const alice = { ...user('alice'), unionId: null };

describeWithRedis('a line that stalls for longer than an answer may take', () => {
  let server: RedisProcess;
  let line: RedisLine;
  let redis: RedisConnection;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    line = await RedisLine.to(server);
    redis = new RedisConnection({ settings: redisSettings(line.url), log: recordedLog().log, maxNear: 100 });
    await redis.ready();
  });
  afterEach(async () => {
    await redis.close();
    await line.close();
  });

  /** Holds the line up under this work, and lets it go or cuts it. */
  async function stalled<T>(work: () => Promise<T>, end: 'release' | 'cut'): Promise<T | StoreUnavailable> {
    line.hold();
    const result = work().catch((error: unknown) => error as StoreUnavailable);
    await until(
      () => line.held,
      (held) => held > 0,
    );
    await delay(STALL);
    if (end === 'cut') line.cut();
    line.release();
    return result;
  }

  test.each(['release', 'cut'] as const)('%s: a login whose code is spent is saved', async (end) => {
    const { sessions } = redisUsers(redis, { patience: PATIENCE });
    const created = await stalled(() => sessions.create(alice, learnedKey('a')), end);
    if (created instanceof Error) throw created;
    expect(await sessions.find(created.token)).toMatchObject(alice);
    expect(await sessions.revokeAll(alice)).toBe(1);
  });

  test.each(['release', 'cut'] as const)('%s: the answer to a code is kept', async (end) => {
    const id = fingerprint('single-use-code', end);
    const once = new RedisOnce({ redis, seal, lease: 60_000, patience: PATIENCE });
    const claim = await once.claim(id);
    if (claim.state !== 'mine') throw new Error(claim.state);
    expect(await stalled(() => claim.keep('done', 60_000, 60_000), end)).toBeUndefined();
    const other = new RedisOnce({ redis, seal, lease: 60_000 });
    expect(await other.claim(id)).toEqual({ state: 'answered', answer: 'done' });
  });

  test('other commands fail in time', async () => {
    expect(await stalled(() => redis.run((client) => client.ping()), 'release')).toBeInstanceOf(StoreUnavailable);
  });

  test('a read is asked again over the next connection', async () => {
    // A busy machine takes more than the usual deadline to connect.
    const settings = redisSettings({ REDIS_URL: line.url, REDIS_TIMEOUT_MS: '5000' });
    const patient = new RedisConnection({ settings, log: recordedLog().log, maxNear: 1 });
    await patient.ready();
    line.hold();
    const read = patient.read('key');
    line.cut();
    line.release();
    expect(await read).toBeNull();
    await patient.close();
  });
});

describeWithRedis('a Redis that is far away', () => {
  test('is named in the log before its commands fail', async () => {
    const server = await RedisProcess.start();
    const line = await RedisLine.to(server);
    line.delay = 60;
    const { log, lines } = recordedLog();
    const redis = new RedisConnection({ settings: redisSettings(line.url), log, maxNear: 1 });
    await redis.ready();
    expect(lines.join('')).toMatch(/"reason":"\d+ ms".*REDIS_TIMEOUT_MS/);
    await redis.close();
    await line.close();
    await server.stop();
  });
});
