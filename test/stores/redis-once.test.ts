import { fingerprint } from '../../src/crypto/fingerprint.js';
import { RedisOnce } from '../../src/stores/redis/redis-once.js';
import { redisAtHand, type RedisAtHand } from '../harness/redis-at-hand.js';
import { seal } from '../harness/redis-users.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

const id = fingerprint('single-use-code', 'a code');

describeWithRedis('RedisOnce in two processes', () => {
  let server: RedisProcess;
  let hand: RedisAtHand;
  let processes: RedisOnce[];
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    hand = await redisAtHand(server);
    processes = [0, 1].map(() => new RedisOnce({ redis: hand.redis, seal, lease: 60_000 }));
  });
  afterEach(() => hand.close());

  test.each(['release', 'keep'] as const)('who waits in the other one is told the answer (%s)', async (settle) => {
    const mine = await processes[0]?.claim(id);
    if (mine?.state !== 'mine') throw new Error('not mine');
    const waiting = processes[1]?.claim(id);
    // It has asked once by then, and asks again.
    await hand.redis.run((client) => client.ping());
    if (settle === 'release') await mine.release('busy');
    else await mine.keep('busy', 0, 60_000);
    expect(await waiting).toEqual({ state: 'answered', answer: 'busy' });
  });
});
