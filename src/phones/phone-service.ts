import type { CryptoService, EncryptedPhone } from '../crypto/crypto-service.js';
import { sessionKeyFingerprint } from '../crypto/fingerprint.js';
import type { Clock } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneNumber } from '../domain/phone-number.js';
import { fail, type Result } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import { mayHaveEncrypted } from '../sessions/key-ring.js';
import type { FailureBudget } from '../stores/failure-budget.js';
import type { KeyRingStore } from '../stores/key-ring-store.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import { accept, type AcceptanceRules, type WatermarkFailure } from './accept.js';

export type DecryptFailure = WatermarkFailure | FailureOf<'KEY_MISMATCH' | 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'>;

export interface PhoneServiceOptions {
  readonly crypto: CryptoService;
  readonly rings: KeyRingStore;
  readonly budget: FailureBudget;
  readonly clock: Clock;
  readonly rules: AcceptanceRules;
}

/** Turns what Weixin gave a Mini Program into a phone number that can be trusted. */
export class PhoneService {
  readonly #options: PhoneServiceOptions;

  constructor(options: PhoneServiceOptions) {
    this.#options = options;
  }

  /**
   * Opens the button's encryptedData with the recent keys of the session's user. The try is counted as failed before it
   * is made; whatever is wrong with the data is one failure, KEY_MISMATCH.
   */
  async decrypt(session: Session, data: EncryptedPhone): Promise<Result<PhoneNumber, DecryptFailure>> {
    const { crypto, rings, budget, clock, rules } = this.#options;
    return orUnavailable(async () => {
      const ring = await rings.find(session);
      const keys = ring.map((known) => known.key);
      const reservation = await budget.reserve(keys.map(sessionKeyFingerprint));
      if (!reservation.granted) {
        return fail({ code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(reservation.retryAfter / 1000) });
      }
      const opened = crypto.open(keys, data);
      const openedWith = ring[opened?.keyIndex ?? -1];
      if (
        opened === undefined ||
        openedWith === undefined ||
        !mayHaveEncrypted(openedWith, opened.document.watermark.timestamp, rules.skew)
      ) {
        return fail({ code: 'KEY_MISMATCH' });
      }
      await reservation.giveBack();
      return accept(opened.document, session.appId, clock.now(), rules);
    });
  }
}
