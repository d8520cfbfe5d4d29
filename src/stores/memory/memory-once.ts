import type { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { Claim, Once, Settlement } from '../once.js';
import { growingLru } from './growing-lru.js';

export interface MemoryOnceOptions {
  readonly clock: Clock;
  /** Ids remembered at a time; one more forgets the one that was asked for least recently. */
  readonly max: number;
}

type SettledClaim = Exclude<Claim, { state: 'mine' }>;

interface Settled {
  readonly answer: string;
  readonly answerUntil: Instant;
  readonly usedUntil: Instant;
}

/** Work done once in this process. */
export class MemoryOnce implements Once {
  readonly #clock: Clock;
  readonly #settled: LRUCache<Fingerprint, Settled>;
  /** Work under way; bounded by the requests in flight, each of which has a deadline. */
  readonly #flights = new Map<Fingerprint, Promise<SettledClaim>>();

  constructor({ clock, max }: MemoryOnceOptions) {
    this.#clock = clock;
    this.#settled = growingLru(max);
  }

  async claim(id: Fingerprint): Promise<Claim> {
    return this.#flights.get(id) ?? this.#remembered(id) ?? { state: 'mine', ...this.#start(id) };
  }

  #remembered(id: Fingerprint): SettledClaim | undefined {
    const settled = this.#settled.get(id);
    if (settled === undefined) return undefined;
    const now = this.#clock.now();
    if (now < settled.answerUntil) return { state: 'answered', answer: settled.answer };
    return now < settled.usedUntil ? { state: 'used' } : undefined;
  }

  #start(id: Fingerprint): Settlement {
    let land!: (claim: SettledClaim) => void;
    this.#flights.set(id, new Promise((resolve) => (land = resolve)));
    const settle = (answer: string) => {
      this.#flights.delete(id);
      land({ state: 'answered', answer });
    };
    return {
      keep: async (answer: string, answerFor: Milliseconds, usedFor: Milliseconds) => {
        const now = this.#clock.now();
        this.#settled.set(id, { answer, answerUntil: now + answerFor, usedUntil: now + usedFor });
        settle(answer);
      },
      release: async (answer: string) => settle(answer),
    };
  }
}
