import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import type { Claim, Once, Settlement } from '../once.js';
import { INSTANT_BYTES, packedId, PackedWriter, readInstant } from './packed-bytes.js';
import { ShardedLru } from './sharded-lru.js';

export interface MemoryOnceOptions {
  readonly clock: Clock;
  /** Ids remembered at a time; one more forgets the one that was asked for least recently. */
  readonly max: number;
}

type SettledClaim = Exclude<Claim, { state: 'mine' }>;

/** Work done once in this process. */
export class MemoryOnce implements Once {
  readonly #clock: Clock;
  /** Packed: until when the answer is given, until when the id is used, the answer. */
  readonly #settled: ShardedLru<string>;
  /** Work under way; bounded by the requests in flight, each of which has a deadline. */
  readonly #flights = new Map<Fingerprint, Promise<SettledClaim>>();

  constructor({ clock, max }: MemoryOnceOptions) {
    this.#clock = clock;
    this.#settled = new ShardedLru(max);
  }

  async claim(id: Fingerprint): Promise<Claim> {
    return this.#flights.get(id) ?? this.#remembered(id) ?? { state: 'mine', ...this.#start(id) };
  }

  #remembered(id: Fingerprint): SettledClaim | undefined {
    const settled = this.#settled.get(packedId(id));
    if (settled === undefined) return undefined;
    const now = this.#clock.now();
    if (now < readInstant(settled, 0)) {
      return { state: 'answered', answer: Buffer.from(settled.slice(2 * INSTANT_BYTES), 'latin1').toString() };
    }
    return now < readInstant(settled, INSTANT_BYTES) ? { state: 'used' } : undefined;
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
        const packed = new PackedWriter()
          .instant(now + answerFor)
          .instant(now + usedFor)
          .text(Buffer.from(answer).toString('latin1'));
        this.#settled.set(packedId(id), packed.toString());
        settle(answer);
      },
      release: async (answer: string) => settle(answer),
    };
  }
}
