import type { Milliseconds } from '../../domain/clock.js';

/**
 * Near copies are served for that long after a question that Redis answered; later ones are asked for again. Under the
 * second within which a revoked session is rejected everywhere, by the way of an answer.
 */
const NEAR_FOR: Milliseconds = 900;
/** Without a sign of life for that long, the connection is made anew: it may be dead without having been closed. */
const DEAD_AFTER: Milliseconds = 3_000;
/** An answer that was longer under way does not tell when Redis gave it. */
const TELLS_TIME_WITHIN: Milliseconds = 100;

/**
 * What a server's answers tell about one connection, from when it is made, and about the server's clock. Instants are those
 * of the monotonic clock.
 */
export class SignsOfLife {
  /**
   * When the last question was asked that the server answered. Not when the answer was read: a paused process may read it
   * long after the server gave it, and what was invalidated since may not come through any more.
   */
  #last = -Infinity;
  readonly #connectedAt = performance.now();
  #isSilent = true;
  #offset: number | undefined;
  #roundTrip: Milliseconds = 0;

  /** Whether the server answers too late to be asked. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Whether near copies may be served: an invalidation could not come over a dead connection. */
  get isFresh(): boolean {
    return performance.now() - this.#last < NEAR_FOR;
  }

  get isDead(): boolean {
    return performance.now() - Math.max(this.#last, this.#connectedAt) >= DEAD_AFTER;
  }

  /** The server's time less the monotonic clock; undefined as long as it was not told. */
  get offset(): number | undefined {
    return this.#offset;
  }

  /** The last answer to a heartbeat took that long. */
  get roundTrip(): Milliseconds {
    return this.#roundTrip;
  }

  /** A question of this instant was answered. */
  answered(askedAt: Milliseconds): void {
    this.#last = Math.max(this.#last, askedAt);
  }

  /** A heartbeat of this instant was answered with the server's time. */
  told(time: Milliseconds, askedAt: Milliseconds): void {
    const answeredAt = performance.now();
    this.#roundTrip = answeredAt - askedAt;
    const isPrompt = this.#roundTrip < TELLS_TIME_WITHIN;
    if (this.#offset === undefined || this.#isSilent || isPrompt) this.#offset = time - (askedAt + answeredAt) / 2;
    this.answered(askedAt);
    this.#isSilent = false;
  }

  /** A heartbeat was not answered in time. */
  fellSilent(): void {
    this.#isSilent = true;
  }
}
