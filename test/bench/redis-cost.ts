import { createClient } from 'redis';
import { LOGINS_A_SECOND } from './comparison.js';
import { Contender } from './contender.js';
import { load } from './load.js';
import type { Operation } from './operations.js';
import type { Servers } from './servers.js';

const USERS = 5_000;
const SECONDS = 2;

/** What a request costs Redis, with an append-only file that is synced every second. */
export interface RedisCost {
  readonly request: string;
  /** Microseconds of processor time of redis-server, all threads. */
  readonly cpu: number;
  /** Bytes that Redis received and sent. */
  readonly received: number;
  readonly sent: number;
}

/** Redis's own processor time and traffic for a request of each kind. */
export async function redisCosts(servers: Servers): Promise<RedisCost[]> {
  const port = await servers.redis({ appendonly: 'yes', appendfsync: 'everysec' });
  const cluster = await servers.redisCluster({ appendonly: 'yes', appendfsync: 'everysec' });
  const url = `redis://127.0.0.1:${port}`;
  const far = { REDIS_URL: url, REDIS_NEAR_COPIES: 'off', REDIS_KEY_PREFIX: 'far:' };
  const gateways = {
    near: new Contender('near', await servers.gateway({ REDIS_URL: url })),
    far: new Contender('far', await servers.gateway(far)),
    cluster: new Contender('cluster', await servers.gateway({ REDIS_CLUSTER: cluster })),
  };
  for (const gateway of Object.values(gateways)) await gateway.logIn(USERS);

  const one = [port];
  const costs: RedisCost[] = [
    ...(await cost('login', gateways.near, 'login', one)),
    ...(await cost('decryptPhone, near session', gateways.near, 'decryptPhone', one)),
    ...(await cost('decryptPhone, not near', gateways.far, 'decryptPhone', one)),
    ...(await cost('session, not near', gateways.far, 'session', one)),
  ];
  // The counts of all logins share a slot: its master does what the others do, and the counts.
  const nodes = await cost(
    'login',
    gateways.cluster,
    'login',
    cluster.split(',').map((node) => Number(node.split(':')[1])),
  );
  const [busiest, ...others] = nodes.toSorted((a, b) => b.cpu - a.cpu);
  if (busiest === undefined) throw new Error('The cluster has no nodes.');
  const above = (value: (cost: RedisCost) => number) =>
    value(busiest) - others.reduce((sum, node) => sum + value(node), 0) / others.length;
  const counts = {
    cpu: above(({ cpu }) => cpu),
    received: above(({ received }) => received),
    sent: above(({ sent }) => sent),
  };
  await Promise.all(Object.values(gateways).map(({ process }) => process.stop()));
  return [...costs, { request: 'login, its counts alone: one slot of a Cluster', ...counts }];
}

/** The cost at each of these nodes. */
async function cost(
  request: string,
  contender: Contender,
  operation: Operation,
  ports: readonly number[],
): Promise<RedisCost[]> {
  const clients = await Promise.all(ports.map((port) => createClient({ url: `redis://127.0.0.1:${port}` }).connect()));
  const measure = () => Promise.all(clients.map(async (client) => usage(await client.info())));
  const run = (seconds: number) =>
    load(contender.process, contender.tasks(operation, LOGINS_A_SECOND * seconds), {
      seconds,
      again: operation !== 'login',
    });
  // What is near is near, and what is compiled is compiled.
  await run(SECONDS / 2);
  const before = await measure();
  const { count } = await run(SECONDS);
  const after = await measure();
  for (const client of clients) client.destroy();
  return after.map((node, i) => {
    const each = (name: keyof Usage) => (node[name] - (before[i]?.[name] ?? NaN)) / count;
    return { request, cpu: each('cpu'), received: each('received'), sent: each('sent') };
  });
}

type Usage = Omit<RedisCost, 'request'>;

/** Of `INFO`: since the start of the server. */
function usage(info: string): Usage {
  const field = (name: string) => Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1]);
  return {
    cpu: (field('used_cpu_user') + field('used_cpu_sys')) * 1_000_000,
    received: field('total_net_input_bytes'),
    sent: field('total_net_output_bytes'),
  };
}
