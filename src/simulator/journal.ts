import type { Clock, Instant } from '../domain/clock.js';

/** Events kept; the oldest is dropped first. */
const MAX_ENTRIES = 1_000;

/** An event at Weixin. It holds no key, secret, token or code: a session key is identified by its number. */
export interface JournalEntry {
  readonly seq: number;
  readonly at: Instant;
  /** The user's openid, or the appid if the event concerns no single user. */
  readonly whose: string;
  /** `wx.login`, `wx.checkSession`, `tap`, or the path of an endpoint that was called. */
  readonly what: string;
  /**
   * Errcode of the answer, 0 for success; or the fault instead of an answer: `status 500`, `silence`, `close`, `body`.
   */
  readonly outcome: number | string;
  /** Number of the user's session key, counted from 1. */
  readonly key?: number;
}

/** Recent events at Weixin, for people to watch. */
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

  /** Events of any of these owners after entry `seq`, oldest first. */
  since(seq: number, whose: readonly string[]): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq && whose.includes(entry.whose));
  }
}
