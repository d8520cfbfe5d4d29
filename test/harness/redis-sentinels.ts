import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { redisCommand } from './redis-command.js';
import { RedisProcess } from './redis-process.js';
import { until } from './until.js';

const NAME = 'main';
/** Milliseconds. */
const DOWN_AFTER = 1_000;

/** A master, a replica, and three sentinels that watch them. */
export class RedisSentinels {
  readonly nodes: readonly RedisProcess[];
  readonly #ports: readonly number[];
  readonly #sentinels: readonly ChildProcess[];

  private constructor(nodes: readonly RedisProcess[], ports: readonly number[], sentinels: readonly ChildProcess[]) {
    this.nodes = nodes;
    this.#ports = ports;
    this.#sentinels = sentinels;
  }

  /** @param args of the nodes, beside the port and the folder */
  static async start(args: readonly string[] = ['--save', '', '--appendonly', 'no']): Promise<RedisSentinels> {
    // A replica copies the master without a disk, and without waiting for others.
    const quick = ['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'];
    const master = await RedisProcess.start([...args, ...quick]);
    const replica = await RedisProcess.start([...args, ...quick, '--replicaof', `127.0.0.1 ${master.port}`]);
    await until(
      async () => String(await redisCommand(replica, 'INFO', 'replication')),
      (info) => info.includes('master_link_status:up'),
    );
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const sentinels = ports.map((port) => {
      const file = join(master.folder, `sentinel-${port}.conf`);
      const lines = [
        `port ${port}`,
        'bind 127.0.0.1',
        'sentinel resolve-hostnames yes',
        `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
        `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER}`,
        `sentinel failover-timeout ${NAME} 3000`,
      ];
      writeFileSync(file, `${lines.join('\n')}\n`);
      return spawn('redis-server', [file, '--sentinel'], { stdio: ['ignore', 'ignore', 'inherit'] });
    });
    const started = new RedisSentinels([master, replica], ports, sentinels);
    for (const port of ports) {
      await until(
        () => started.#fields(port).catch(() => new Map<string, string>()),
        (fields) => fields.get('num-other-sentinels') === '2' && fields.get('num-slaves') === '1',
        20_000,
      );
    }
    return started;
  }

  get env(): Record<string, string> {
    return {
      REDIS_SENTINELS: this.#ports.map((port) => `127.0.0.1:${port}`).join(','),
      REDIS_SENTINEL_NAME: NAME,
    };
  }

  /** The node that the first sentinel takes for the master. */
  async master(): Promise<RedisProcess> {
    const port = Number((await this.#fields(this.#ports[0] ?? 0)).get('port'));
    const master = this.nodes.find((node) => node.port === port);
    if (master === undefined) throw new Error(`There is no node on ${port}.`);
    return master;
  }

  /** A planned failover: the replica takes over, and the old master follows it. */
  async failover(): Promise<void> {
    await redisCommand({ url: `redis://127.0.0.1:${this.#ports[0] ?? 0}` }, 'SENTINEL', 'FAILOVER', NAME);
  }

  /** Kills the master with SIGKILL, waits until the replica is the master, and gives the killed one. */
  async killMaster(): Promise<RedisProcess> {
    const old = await this.master();
    await old.signal('SIGKILL');
    await until(
      () => this.master(),
      (master) => master !== old,
      20_000,
    );
    return old;
  }

  /** Starts a killed node as the replica of the master, and waits until the sentinels count on it. */
  async rejoin(node: RedisProcess): Promise<void> {
    const master = await this.master();
    await node.start();
    await redisCommand(node, 'REPLICAOF', '127.0.0.1', String(master.port));
    await until(
      async () => String(await redisCommand(node, 'INFO', 'replication')),
      (info) => info.includes('master_link_status:up'),
      20_000,
    );
    for (const port of this.#ports) {
      await until(
        async () => (await this.#ask(port, 'REPLICAS')) as Record<string, string>[],
        ([replica]) => replica?.['flags'] === 'slave' && replica['master-link-status'] === 'ok',
        30_000,
      );
    }
  }

  async stop(): Promise<void> {
    for (const sentinel of this.#sentinels) {
      if (sentinel.exitCode !== null) continue;
      sentinel.kill('SIGKILL');
      await once(sentinel, 'exit');
    }
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  async #fields(port: number): Promise<Map<string, string>> {
    return new Map(Object.entries((await this.#ask(port, 'MASTER')) as Record<string, string>));
  }

  #ask(port: number, question: 'MASTER' | 'REPLICAS'): Promise<unknown> {
    return redisCommand({ url: `redis://127.0.0.1:${port}` }, 'SENTINEL', question, NAME);
  }
}
