import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Certificates, tlsArgs } from './certificates.js';
import { collect, isCollecting } from './evidence.js';
import { freeClusterPort, freePort } from './free-port.js';
import { redisCommand } from './redis-command.js';
import { describeWith } from './describe-with.js';

/** Nothing is written to disk. */
export const NOTHING_KEPT: readonly string[] = ['--save', '', '--appendonly', 'no'];

/** A real redis-server of a test's own, on a free port, with a folder of its own. */
export class RedisProcess {
  /** For the test's own commands. */
  readonly port: number;
  /** For gateways, replicas and sentinels: the same, or one that speaks TLS. */
  readonly servicePort: number;
  readonly folder: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(port: number, servicePort: number, folder: string, args: readonly string[]) {
    this.port = port;
    this.servicePort = servicePort;
    this.folder = folder;
    this.#args = args;
  }

  /**
   * @param args beside the port and the folder; by default nothing is written to disk
   * @param tls for a port that speaks TLS, beside the one for the test
   */
  static async start(args = NOTHING_KEPT, tls?: Certificates, findPort = freePort): Promise<RedisProcess> {
    const [port, tlsPort] = [await findPort(), tls && (await findPort())];
    const all = tls === undefined || tlsPort === undefined ? args : [...args, ...tlsArgs(tls, tlsPort)];
    const redis = new RedisProcess(port, tlsPort ?? port, mkdtempSync(join(tmpdir(), 'redis-')), all);
    await redis.start();
    return redis;
  }

  /** The same as a node of a Cluster, which knows no other node and has no slots yet. */
  static startClusterNode(args = NOTHING_KEPT, tls?: Certificates): Promise<RedisProcess> {
    return RedisProcess.start([...args, '--cluster-enabled', 'yes'], tls, freeClusterPort);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /**
   * Starts the server, again on the same port and folder where it ran before, and waits until it takes commands.
   *
   * @throws if it ends before, as it does if it does not know an argument
   */
  async start(): Promise<void> {
    const child = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, ...this.#args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    let isReady = false;
    for await (const line of createInterface({ input: child.stdout })) {
      isReady = line.includes('Ready to accept connections');
      if (isReady) break;
    }
    if (!isReady) throw new Error(`redis-server ${this.#args.join(' ')} ended before it took commands.`);
    child.stdout.resume();
  }

  /** SIGSTOP silences the server, SIGCONT wakes it, SIGKILL ends it. */
  async signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await once(child, 'exit');
  }

  async stop(): Promise<void> {
    await this.#leaveEvidence();
    await this.signal('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What it holds, as it would be on a disk. */
  async #leaveEvidence(): Promise<void> {
    const child = this.#child;
    if (!isCollecting || child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    await redisCommand(this, 'CONFIG', 'SET', 'rdbcompression', 'no');
    await redisCommand(this, 'SAVE');
    collect('store', readFileSync(join(this.folder, 'dump.rdb')));
  }
}

/** `describe` for tests that need redis-server. */
export const describeWithRedis = describeWith(
  ['redis-server', '--version'],
  'redis-server is not installed (apt-get install redis-server): EVERY TEST WITH REDIS IS SKIPPED',
);
