import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { collect, isCollecting, remember } from './evidence.js';

const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

/** Of /proc/PID/stat: on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

/** The built gateway as a process of its own, with nothing in its environment but what a test puts there. */
export class GatewayProcess {
  /** Every line on standard output so far. */
  readonly lines: string[] = [];
  /** What came on standard error so far. */
  errorText = '';
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #arrived: () => void = () => undefined;

  constructor(env: Record<string, string> = {}, main = MAIN) {
    const withMetrics = isCollecting ? { METRICS_PORT: '0', ...env } : env;
    this.#child = spawn(process.execPath, [main], { env: withMetrics, stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr } = this.#child;
    if (stdout === null || stderr === null) throw new Error('A child without pipes.');
    for (const output of [stdout, stderr]) output.on('data', (bytes: Buffer) => collect('output', bytes));
    rememberSecretsOf(env);
    createInterface(stdout).on('line', (line) => {
      this.lines.push(line);
      this.#arrived();
    });
    stderr.setEncoding('utf8').on('data', (text: string) => (this.errorText += text));
    // 'close' comes after 'exit' and the end of both outputs.
    this.#exit = once(this.#child, 'close').then(([status]) => {
      this.#arrived();
      return status as number | null;
    });
  }

  /** The first log line with this message, as soon as it is there. */
  async line(message: string): Promise<Record<string, unknown>> {
    for (let read = 0; ; read++) {
      while (read >= this.lines.length) {
        if (this.#child.exitCode !== null) throw new Error(`The process ended: ${this.errorText}`);
        await new Promise<void>((resolve) => (this.#arrived = resolve));
      }
      const line = JSON.parse(this.lines[read] ?? '') as Record<string, unknown>;
      if (line['msg'] === message) return line;
    }
  }

  /** Seconds of processor time so far, of all threads. Read from /proc, so only on Linux. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.#child.pid ?? 0}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  }

  get pid(): number {
    return this.#child.pid ?? NaN;
  }

  /** SIGSTOP pauses the process, SIGCONT lets it go on. */
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void {
    this.#child.kill(name);
  }

  /** Bytes of resident memory; 0 where there is no /proc. */
  residentBytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid ?? ''}/status`, 'utf8');
      return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  /** The status that the process ends with; fails where it still runs after this many milliseconds. */
  async exit(within = 12_000): Promise<number | null> {
    const deadline = once(AbortSignal.timeout(within), 'abort').then(() => 'still runs' as const);
    const status = await Promise.race([this.#exit, deadline]);
    if (status === 'still runs') throw new Error(`The process still runs after ${within} ms: ${this.errorText}`);
    return status;
  }

  /** Ends the process whatever it does. */
  async kill(): Promise<void> {
    if (isCollecting) await this.#leaveMetrics();
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** A process that is paused or gone has none to give. */
  async #leaveMetrics(): Promise<void> {
    const line = this.lines
      .map((text) => JSON.parse(text) as { msg: string; url?: string })
      .find(({ msg }) => msg === 'metrics');
    if (line?.url === undefined) return;
    const answer = await fetch(`${line.url}/metrics`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    if (answer !== undefined) collect('metrics', await answer.text());
  }
}

function rememberSecretsOf({ WEIXIN_APPS = '', STORE_KEYS = '' }: Record<string, string>): void {
  for (const app of WEIXIN_APPS.split(',')) {
    const [, secret] = app.split(':');
    if (secret !== undefined) remember('app secret', secret);
  }
  for (const entry of STORE_KEYS.split(',')) {
    const [, key] = entry.split(':');
    if (key !== undefined) remember('store key', key);
  }
}
