import type { Violation } from './checker/check.js';
import { RULES } from './checker/check.js';
import type { Asked, At, Entry, History, Told } from './history.js';

/** Histories as text. Codes, tokens and nonces have numbers, in the order in which they occur, so that a replay reads the same. */
export class Transcript {
  readonly #names = new Map<string, string>();
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
    for (const { code, kind } of history.issued) this.#name(kind, code);
    for (const entry of history.entries) this.#line(entry);
  }

  /** Everything that happened, line by line in the order of its beginning. */
  lines(): string[] {
    const { entries, weixin, faults } = this.#history;
    const lines: { at: At; text: string }[] = [
      ...entries.map((entry) => ({ at: entry.invokedAt, text: this.#line(entry) })),
      ...weixin.map(({ at, kind, code, outcome }) => {
        return { at, text: `${time(at)}  Weixin gets ${this.#name(kind, code)}: ${outcome}` };
      }),
      ...faults.clockSteps.map(({ at, by }) => ({ at, text: `${time(at)}  the clock is stepped by ${by} ms` })),
      ...faults.disturbances.map(({ from, until }) => ({
        at: from,
        text: `${time(from)}  broken until ${time(until)}`,
      })),
    ];
    return lines.sort((a, b) => a.at - b.at).map(({ text }) => text);
  }

  /** A broken promise with what shows it, each with everything that concerns the same code, token or user. */
  violation({ rule, problem, entries }: Violation): string {
    return [`${RULES[rule]}: ${problem}`, ...entries.map((entry) => `  ${this.#line(entry)}`)].join('\n');
  }

  #line({ asked, told, gateway, invokedAt, returnedAt }: Entry): string {
    return `${time(invokedAt)}–${time(returnedAt)}  ${gateway}: ${this.#question(asked)} → ${this.#answer(told)}`;
  }

  #question(asked: Asked): string {
    switch (asked.what) {
      case 'login':
        return `login ${this.#name('login', asked.code)}${asked.nonce === null ? '' : ` with ${this.#name('nonce', asked.nonce)}`}`;
      case 'session':
        return `session of ${this.#name('token', asked.token)}`;
      case 'decrypt': {
        const { user, key, isGenuine } = asked.document;
        const data = isGenuine ? `${user}'s document under key ${key}` : 'a forged document';
        return `decrypt ${data} with ${this.#name('token', asked.token)}`;
      }
      case 'exchange':
        return `exchange ${this.#name('tap', asked.code)} with ${this.#name('token', asked.token)}`;
      case 'logout':
        return `logout ${asked.everywhere ? 'everywhere ' : ''}of ${this.#name('token', asked.token)}`;
      case 'end sessions':
        return `end all sessions of ${asked.user}`;
    }
  }

  #answer(told: Told): string {
    switch (told.told) {
      case 'login':
        return `${this.#name('token', told.token)} of ${told.user}`;
      case 'session':
        return `session of ${told.user}`;
      case 'number':
        return told.number;
      case 'ended':
        return `${told.sessions} ended`;
      case 'refused':
        return told.code;
      case 'nothing':
        return 'nothing';
    }
  }

  #name(kind: string, secret: string): string {
    const key = `${kind} ${secret}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = [...this.#names.keys()].filter((other) => other.startsWith(`${kind} `)).length;
    const name = `${kind === 'tap' || kind === 'login' ? `${kind} code` : kind} ${count + 1}`;
    this.#names.set(key, name);
    return name;
  }
}

function time(at: At): string {
  return at === Infinity ? '…' : `${(at / 1000).toFixed(3)} s`;
}
