import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificates, tlsArgs } from './certificates.js';
import { freePort } from './free-port.js';
import { redisCommand } from './redis-command.js';
import { NOTHING_KEPT, RedisProcess } from './redis-process.js';
import { until } from './until.js';

const NAME = 'main';
/** Milliseconds. */
const DOWN_AFTER = 1_000;

interface SentinelProcess {
  /** For the test's own questions. */
  readonly port: number;
  readonly servicePort: number;
  readonly child: ChildProcess;
}

async function startSentinel(master: RedisProcess, tls: Certificates | undefined): Promise<SentinelProcess> {
  const port = await freePort();
  const tlsPort = tls && (await freePort());
  const file = join(master.folder, `sentinel-${port}.conf`);
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    'sentinel resolve-hostnames yes',
    `sentinel monitor ${NAME} 127.0.0.1 ${master.servicePort} 2`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER}`,
    `sentinel failover-timeout ${NAME} 3000`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const args = tls === undefined || tlsPort === undefined ? [] : tlsArgs(tls, tlsPort);
  const child = spawn('redis-server', [file, '--sentinel', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { port, servicePort: tlsPort ?? port, child };
}

/** A master, a replica, and three sentinels that watch them. */
export class RedisSentinels {
  readonly nodes: readonly RedisProcess[];
  readonly #ports: readonly number[];
  readonly #servicePorts: readonly number[];
  readonly #sentinels: readonly ChildProcess[];

  private constructor(nodes: readonly RedisProcess[], sentinels: readonly SentinelProcess[]) {
    this.nodes = nodes;
    this.#ports = sentinels.map(({ port }) => port);
    this.#servicePorts = sentinels.map(({ servicePort }) => servicePort);
    this.#sentinels = sentinels.map(({ child }) => child);
  }

  /**
   * @param args of the nodes, beside the port and the folder
   * @param tls for TLS between all of them, and to the gateway
   */
  static async start(args = NOTHING_KEPT, tls?: Certificates): Promise<RedisSentinels> {
    // A replica copies the master without a disk, and without waiting for others.
    const quick = ['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'];
    const master = await RedisProcess.start([...args, ...quick], tls);
    const following = ['--replicaof', '127.0.0.1', String(master.servicePort)];
    const replica = await RedisProcess.start([...args, ...quick, ...following], tls);
    await until(
      async () => String(await redisCommand(replica, 'INFO', 'replication')),
      (info) => info.includes('master_link_status:up'),
    );
    const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(master, tls)));
    const started = new RedisSentinels([master, replica], sentinels);
    const ports = started.#ports;
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
      REDIS_SENTINELS: this.#servicePorts.map((port) => `127.0.0.1:${port}`).join(','),
      REDIS_SENTINEL_NAME: NAME,
    };
  }

  /** The node that the first sentinel takes for the master. */
  async master(): Promise<RedisProcess> {
    const port = Number((await this.#fields(this.#ports[0] ?? 0)).get('port'));
    const master = this.nodes.find((node) => node.servicePort === port);
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
    await redisCommand(node, 'REPLICAOF', '127.0.0.1', String(master.servicePort));
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
