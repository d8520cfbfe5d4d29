import type { CryptoService, EncryptedPhone } from '../crypto/crypto-service.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import { type KeyRing, mayHaveEncrypted, type RingKey } from '../domain/key-ring.js';
import type { Metrics } from '../domain/metrics.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { SessionKey } from '../domain/session-key.js';
import type { FailureBudget } from '../stores/failure-budget.js';
import type { KeyRingStore } from '../stores/key-ring-store.js';
import type { GrammarWatch } from './grammar-watch.js';

export const KEY_MISMATCH: FailureOf<'KEY_MISMATCH'> = { code: 'KEY_MISMATCH' };

export interface DecryptionOptions {
  readonly crypto: CryptoService;
  readonly rings: KeyRingStore;
  readonly budget: FailureBudget;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly grammarWatch: GrammarWatch;
  /** How far a document may be younger than the end of the key that opens it. */
  readonly skew: Milliseconds;
}

interface Opened {
  readonly document: PhoneDocument;
  readonly openedWith: RingKey;
}

/** Opens encrypted documents with the recent keys of their user, within the budget of failures of each key. */
export class Decryption {
  readonly #options: DecryptionOptions;

  constructor(options: DecryptionOptions) {
    this.#options = options;
  }

  /**
   * The document in the data. An attempt counts as failed until it succeeds. RATE_LIMITED: the failures of all keys are
   * spent.
   */
  async open(
    session: Session,
    data: EncryptedPhone,
  ): Promise<Result<PhoneDocument, FailureOf<'KEY_MISMATCH' | 'RATE_LIMITED'>>> {
    const { rings, budget, clock, metrics } = this.#options;
    let ring: KeyRing = [];
    // Not awaited: a shared budget reserves the failures in the same round trip.
    const finding = rings.find(session).then((found) => {
      ring = found;
      return found.map(({ key }) => key);
    });
    const attempt = await budget.attempt(session, finding, (keys) => this.#openWith(ring, keys, data, session));
    if (!attempt.granted) {
      metrics.budgetSpent();
      return fail({ code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(attempt.retryAfter / 1000) });
    }
    if (attempt.value === undefined) return fail(KEY_MISMATCH);
    const { document, openedWith } = attempt.value;
    metrics.documentOpened(
      openedWith.supersededAt === null ? 'current' : 'superseded',
      (clock.now() - openedWith.learnedAt) / 1000,
    );
    return succeed(document);
  }

  /** @param keys the keys of the ring that may be tried */
  #openWith(ring: KeyRing, keys: readonly SessionKey[], data: EncryptedPhone, session: Session): Opened | undefined {
    const { crypto, grammarWatch, skew } = this.#options;
    const opened = crypto.open(keys, data);
    const key = keys[opened?.keyIndex ?? -1];
    const openedWith = ring.find((known) => known.key === key);
    if (opened === undefined || openedWith === undefined) {
      grammarWatch.refused(session, ring, data);
      return undefined;
    }
    const { document } = opened;
    return mayHaveEncrypted(openedWith, document.watermark.timestamp, skew) ? { document, openedWith } : undefined;
  }
}
