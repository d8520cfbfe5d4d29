import { readFileSync } from 'node:fs';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { scripts } from '../../src/stores/redis/scripts.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisCommand } from '../harness/redis-command.js';
import { LEAST_ACL, LEAST_CLUSTER_ACL } from '../harness/redis-deployments.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';

const [, ...allowed] = LEAST_ACL.split(/\s+/);
const commands = allowed.map((rule) => rule.slice(1));
/** Without these the gateway serves too: it reads without near copies, or sends a script's text once. */
const DISPENSABLE = ['client|tracking', 'script|load'];

test('every command that a script calls is in the least ACL', () => {
  const called = Object.values(scripts).flatMap(({ SCRIPT }) => [...SCRIPT.matchAll(/redis\.call\('(\w+)'/g)]);
  const missing = called.map(([, command = '']) => command.toLowerCase()).filter((name) => !commands.includes(name));
  expect(missing).toEqual([]);
});

test.each(['docs/redis.md', 'docs/zh/redis.md'])('%s has the least ACL', (page) => {
  const text = readFileSync(page, 'utf8');
  const rules = [...LEAST_ACL.split(/\s+/), ...LEAST_CLUSTER_ACL.split(' ')];
  expect(rules.filter((rule) => !text.includes(rule))).toEqual([]);
});

describeWithRedis('the least ACL', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  test('has nothing that could be left out: each command that is missing is named at the start', async () => {
    const needed = commands.filter((command) => !DISPENSABLE.includes(command));
    const named = await Promise.all(
      needed.map(async (command) => {
        const rules = LEAST_ACL.split(/\s+/).filter((rule) => rule !== `+${command}`);
        await redisCommand(
          server,
          'ACL',
          'SETUSER',
          `no-${command}`,
          'on',
          '>pass',
          '~wpg:*',
          'resetchannels',
          ...rules,
        );
        const { log, lines } = recordedLog();
        const redis = new RedisConnection({
          settings: redisSettings(server.url.replace('//', `//no-${encodeURIComponent(command)}:pass@`)),
          log,
          maxNear: 1,
        });
        await redis.ready();
        const isAlive = redis.isAlive();
        await redis.close();
        const refused = lines.map((line) => JSON.parse(line) as { command?: string; reason?: string });
        return isAlive ? 'served' : refused.find(({ reason }) => reason === 'NOPERM')?.command;
      }),
    );
    expect(named.map((name) => name?.toLowerCase())).toEqual(needed);
  });
});
