import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../harness/free-port.js';
import { RedisLine } from '../harness/redis-line.js';
import { MeasuredProcess } from './measured-process.js';
import { APP_ID, APP_SECRET } from './people.js';

const LISTENING = /"msg":"listening"/;

/** How a gateway is started, if not in the usual way. */
export interface GatewayProcess {
  /** Of node. */
  readonly flags?: readonly string[];
  readonly main?: string | undefined;
  readonly cores?: string | undefined;
}

/** Starts the processes of one run, each by itself, and ends them all. */
export class Servers {
  readonly #cores: string | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly #running: MeasuredProcess[] = [];
  readonly #lines: RedisLine[] = [];
  #weixin: MeasuredProcess | undefined;

  /** @param cores where servers that are measured run */
  constructor(cores: string | undefined) {
    this.#cores = cores;
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(this.#proofKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }

  get #proofKeyFile(): string {
    return join(this.#folder, 'proof-key.pem');
  }

  async floor(): Promise<MeasuredProcess> {
    const { url } = await this.#weixinOnce();
    return this.#start({
      command: [process.execPath, ownScript('floor.js'), url],
      cores: this.#cores,
      ready: LISTENING,
    });
  }

  /** One of the servers that the gateway is compared with, a script of peers/. */
  async peer(name: 'express' | 'apollo-standalone' | 'mercurius'): Promise<MeasuredProcess> {
    const { url } = await this.#weixinOnce();
    return this.#start({
      command: [process.execPath, ownScript(`peers/${name}.js`), url],
      cores: this.#cores,
      ready: LISTENING,
      env: { NODE_ENV: 'production' },
    });
  }

  /**
   * The built gateway as an operator starts it.
   *
   * @param env beside what every gateway gets
   */
  async gateway(
    env: Readonly<Record<string, string>> = {},
    { flags = [], main = join('dist', 'main.js'), cores = this.#cores }: GatewayProcess = {},
  ): Promise<MeasuredProcess> {
    const { url } = await this.#weixinOnce();
    return this.#start({
      command: [process.execPath, ...flags, main],
      cores,
      ready: LISTENING,
      env: {
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        HOST: '127.0.0.1',
        PORT: '0',
        DRAIN_SECONDS: '0',
        METRICS_PORT: '0',
        WEIXIN_APPS: `${APP_ID}:${APP_SECRET}`,
        WEIXIN_API_URL: url,
        PROOF_KEY_FILE: this.#proofKeyFile,
        PROOF_ISSUER: 'https://gateway.example',
        STORE_KEYS: `bench:${randomBytes(32).toString('base64')}`,
        // The limits stay on, and are not what is measured.
        OVERLOAD_DELAY_MS: '10000',
        LOGIN_LIMIT_PER_ADDRESS: '10000000',
        LOGIN_LIMIT_PER_APP: '10000000',
        DECRYPT_LIMIT_PER_USER: '10000000',
        ...env,
      },
    });
  }

  /**
   * A redis-server that writes nothing to disk; its port.
   *
   * @param more options
   */
  async redis(more: Readonly<Record<string, string>> = {}): Promise<number> {
    const port = await freePort();
    const options = { port: String(port), bind: '127.0.0.1', dir: this.#folder, save: '', appendonly: 'no', ...more };
    await this.#start({
      command: ['redis-server', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
      ready: /Ready to accept connections/,
    });
    return port;
  }

  /** The same Redis as if it were this many milliseconds away. */
  async redisAway(port: number, delay: number): Promise<string> {
    const line = await RedisLine.to({ port });
    line.delay = delay;
    this.#lines.push(line);
    return line.url;
  }

  /**
   * Three masters of a Redis Cluster without replicas, as REDIS_CLUSTER.
   *
   * @param more options of each
   */
  async redisCluster(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const start = async () => {
      const folder = mkdtempSync(join(this.#folder, 'node-'));
      const options = { 'cluster-enabled': 'yes', dir: folder, ...more };
      return `127.0.0.1:${await this.redis({ ...options, 'cluster-port': String(await freePort()) })}`;
    };
    const nodes = await Promise.all([start(), start(), start()]);
    execFileSync('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes'], { stdio: 'ignore' });
    return nodes.join(',');
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((server) => server.stop()));
    await Promise.all(this.#lines.map((line) => line.close()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #weixinOnce(): Promise<MeasuredProcess> {
    return (this.#weixin ??= await this.#start({
      command: [process.execPath, ownScript('weixin.js')],
      ready: LISTENING,
    }));
  }

  async #start(options: Parameters<typeof MeasuredProcess.start>[0]): Promise<MeasuredProcess> {
    const server = await MeasuredProcess.start(options);
    this.#running.push(server);
    return server;
  }
}

export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A script of the benchmark, beside this one. */
export function ownScript(name: string): string {
  return new URL(name, import.meta.url).pathname;
}
