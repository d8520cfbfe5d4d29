import type { Clock, Instant } from '../domain/clock.js';

/** Events that are remembered; the oldest goes first. */
const MAX_ENTRIES = 1_000;

/** Something that happened at Weixin. It holds no key, secret, token or code: a key is told by its number. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: Instant;
  /** The user's openid, or the appid for what concerns no single user. */
  readonly whose: string;
  /** `wx.login`, `wx.checkSession`, `tap`, or the path of an endpoint that was called. */
  readonly what: string;
  /** The errcode of the answer, 0 for success; or what came instead of one: `status 500`, `silence`, `close`, `body`. */
  readonly outcome: number | string;
  /** Which of the user's session keys it was about, counted from 1. */
  readonly key?: number;
}

/** What happened at Weixin lately, for a person who watches. */
export class Journal {
  readonly #clock: Clock;
  readonly #entries: JournalEntry[] = [];
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(whose: string, what: string, outcome: number | string, key?: number): void {
    this.#seq += 1;
    this.#entries.push({
      seq: this.#seq,
      at: this.#clock.now(),
      whose,
      what,
      outcome,
      ...(key !== undefined && { key }),
    });
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  /** What concerned any of these since the entry with that number, oldest first. */
  since(seq: number, whose: readonly string[]): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq && whose.includes(entry.whose));
  }
}
