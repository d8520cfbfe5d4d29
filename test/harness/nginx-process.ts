import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { balancerConfig } from './deployment-files.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** A real nginx with the balancer's configuration of compose.yaml; only its places are others. */
export class NginxProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  /** @param places where the gateways are, by their host and port in compose.yaml */
  static async start(places: Readonly<Record<string, string>>): Promise<NginxProcess> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
    const file = join(folder, 'nginx.conf');
    const moved = Object.entries({ ...places, 'listen 8080': `listen 127.0.0.1:${port}`, '/tmp/': `${folder}/` });
    writeFileSync(
      file,
      moved.reduce((config, [from, to]) => config.replaceAll(from, to), balancerConfig),
    );
    const child = spawn('nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const nginx = new NginxProcess(`http://127.0.0.1:${port}`, child, folder);
    await until(
      async () => (await fetch(`${nginx.url}/healthz`).catch(() => undefined))?.status,
      (status) => status === 200,
    );
    return nginx;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
