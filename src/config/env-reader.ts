import type { Milliseconds } from '../domain/clock.js';

/** Seconds in a year: a duration beyond it is a mistake. */
export const YEAR = 31_536_000;

/** The configuration is not usable: the message lists every problem, names its variable and shows no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads environment variables, and collects what is wrong with them instead of stopping at the first. */
export class EnvReader {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #readFile: (path: string) => string;
  readonly problems: string[] = [];

  constructor(env: Readonly<Record<string, string | undefined>>, readFile: (path: string) => string) {
    this.#env = env;
    this.#readFile = readFile;
  }

  get production(): boolean {
    return this.text('NODE_ENV') === 'production';
  }

  get host(): string {
    return this.text('HOST') ?? (this.production ? '0.0.0.0' : '127.0.0.1');
  }

  /** @param message names the variable and the rule, and never the value */
  problem(message: string): void {
    this.problems.push(message);
  }

  /** The text of a variable; undefined where it is unset or empty. */
  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** The content of a file that a variable names; it may throw. */
  file(path: string): string {
    return this.#readFile(path);
  }

  wholeNumber(name: string, min: number, max: number, fallback: number): number {
    const value = this.text(name) ?? String(fallback);
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    this.problem(`${name} must be a whole number from ${min} to ${max}.`);
    return fallback;
  }

  seconds(name: string, min: number, max: number, fallback: number): Milliseconds {
    return this.wholeNumber(name, min, max, fallback) * 1000;
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const value = this.text(name) ?? fallback;
    if ((values as readonly string[]).includes(value)) return value as T;
    this.problem(`${name} must be one of: ${values.join(', ')}.`);
    return fallback;
  }
}

/** Why a file that a variable names is of no use, for the end of a problem's message. It does not repeat the path. */
export function whyUnusable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ' There is no such file.';
    case 'EACCES':
    case 'EPERM':
      return ' The user of this process may not read it.';
    case 'EISDIR':
      return ' It is a folder.';
    default:
      return ' What is in it is something else.';
  }
}
