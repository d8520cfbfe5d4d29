import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Of /proc/PID/stat: ticks a second on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

export interface MeasuredProcessOptions {
  readonly command: readonly [string, ...string[]];
  /** The whole environment, PATH aside. */
  readonly env?: Readonly<Record<string, string>>;
  /** Cores that it may run on, as taskset writes them; undefined: those of this process. */
  readonly cores?: string | undefined;
  /** The line on standard output that says that it is ready. */
  readonly ready: RegExp;
}

/** A child process whose cost is read from /proc, so that it runs as it would run anywhere. */
export class MeasuredProcess {
  readonly #child: ChildProcess;
  readonly #pid: number;
  /** The line that said that it is ready. */
  readonly readyLine: string;

  private constructor(child: ChildProcess, pid: number, readyLine: string) {
    this.#child = child;
    this.#pid = pid;
    this.readyLine = readyLine;
  }

  static async start({ command, env, cores, ready }: MeasuredProcessOptions): Promise<MeasuredProcess> {
    const [file, ...args] = cores === undefined ? command : (['taskset', '-c', cores, ...command] as const);
    const child = spawn(file, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!ready.test(line)) continue;
      child.stdout.resume();
      return new MeasuredProcess(child, child.pid ?? 0, line);
    }
    throw new Error(`${command.join(' ')} ended before it was ready.`);
  }

  /** The origin in the line that says that it listens. */
  get url(): string {
    return (JSON.parse(this.readyLine) as { readonly url: string }).url;
  }

  /** Microseconds of processor time so far, all threads; NaN where there is no /proc. */
  cpuMicroseconds(): number {
    const fields = this.#read('stat')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * (1_000_000 / TICKS_A_SECOND);
  }

  /** Bytes of resident memory; NaN where there is no /proc. */
  residentBytes(): number {
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(this.#read('status'))?.[1]) * 1024;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  #read(name: string): string {
    try {
      return readFileSync(`/proc/${this.#pid}/${name}`, 'utf8');
    } catch {
      return '';
    }
  }
}
