import type { Certificates } from './certificates.js';
import { redisCommand } from './redis-command.js';
import { NOTHING_KEPT, RedisProcess } from './redis-process.js';
import { until } from './until.js';

const MASTERS = 3;
const SLOTS = 16_384;

/** Gives a node of a Cluster these slots. ADDSLOTSRANGE is there since Redis 7.0. @param end the first that it does not get */
export async function takeSlots(node: RedisProcess, from = 0, end = SLOTS): Promise<void> {
  const slots = Array.from({ length: end - from }, (_, i) => String(from + i));
  await redisCommand(node, 'CLUSTER', 'ADDSLOTS', ...slots);
}

/** Three masters and three replicas. */
export class RedisClusterProcesses {
  readonly nodes: readonly RedisProcess[];

  private constructor(nodes: readonly RedisProcess[]) {
    this.nodes = nodes;
  }

  /**
   * @param args of the nodes, beside the port and the folder; they come after the cluster's own, and win over them
   * @param tls for TLS between all of them, and to the gateway
   */
  static async start(args = NOTHING_KEPT, tls?: Certificates): Promise<RedisClusterProcesses> {
    const quick = ['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0', '--cluster-node-timeout', '1000'];
    const start = () => RedisProcess.startClusterNode([...quick, ...args], tls);
    const nodes = await Promise.all(Array.from({ length: 2 * MASTERS }, start));
    const [first, ...others] = nodes as [RedisProcess, ...RedisProcess[]];
    const masters = nodes.slice(0, MASTERS);
    await Promise.all(
      masters.map((master, i) => {
        const [from, end] = [Math.ceil((SLOTS * i) / MASTERS), Math.ceil((SLOTS * (i + 1)) / MASTERS)];
        return takeSlots(master, from, end);
      }),
    );
    for (const { servicePort } of others) {
      await redisCommand(first, 'CLUSTER', 'MEET', '127.0.0.1', String(servicePort));
    }
    const cluster = new RedisClusterProcesses(nodes);
    await cluster.#allSay(/cluster_known_nodes:6/);
    for (const [i, master] of masters.entries()) {
      const id = String(await redisCommand(master, 'CLUSTER', 'MYID'));
      await redisCommand(nodes[MASTERS + i] ?? master, 'CLUSTER', 'REPLICATE', id);
    }
    await cluster.#allSay(/cluster_state:ok/);
    await until(
      () =>
        Promise.all(nodes.slice(MASTERS).map(async (node) => String(await redisCommand(node, 'INFO', 'replication')))),
      (infos) => infos.every((info) => info.includes('master_link_status:up')),
      20_000,
    );
    return cluster;
  }

  get env(): Record<string, string> {
    return { REDIS_CLUSTER: this.nodes.map(({ servicePort }) => `127.0.0.1:${servicePort}`).join(',') };
  }

  /** Those that are masters now, and alive. */
  async masters(): Promise<RedisProcess[]> {
    const roles = await Promise.all(
      this.nodes.map(async (node) => {
        const role = await redisCommand(node, 'ROLE').catch(() => undefined);
        return Array.isArray(role) ? String(role[0]) : undefined;
      }),
    );
    return this.nodes.filter((_node, i) => roles[i] === 'master');
  }

  /** Kills one of the masters with SIGKILL, waits until its replica is a master, and gives the killed one. */
  async killMaster(which: number): Promise<RedisProcess> {
    const masters = await this.masters();
    const old = masters[which % masters.length] as RedisProcess;
    await old.signal('SIGKILL');
    await until(
      async () => (await this.masters()).length,
      (count) => count === MASTERS,
      20_000,
    );
    return old;
  }

  /** Starts a killed node, which becomes the replica of its successor, and waits until it has all data. */
  async rejoin(node: RedisProcess): Promise<void> {
    await node.start();
    await until(
      async () => String(await redisCommand(node, 'INFO', 'replication')),
      (info) => info.includes('role:slave') && info.includes('master_link_status:up'),
      20_000,
    );
    await this.#allSay(/cluster_state:ok/);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  async #allSay(what: RegExp): Promise<void> {
    for (const node of this.nodes) {
      await until(
        async () => String(await redisCommand(node, 'CLUSTER', 'INFO')),
        (info) => what.test(info),
        20_000,
      );
    }
  }
}
