import { randomUUID } from 'node:crypto';
import type { JwtSigner } from '../crypto/jwt-signer.js';
import type { PhoneNumber } from '../domain/phone-number.js';

/** Lifetime of a phone proof in seconds: enough for one call from the Mini Program to another back end. */
export const PHONE_PROOF_SECONDS = 300;

const PHONE_PROOF_TYPE = 'phone-proof+jwt';

/**
 * Signs proofs of phone numbers, for back ends that trust the gateway but not the Mini Program. Claims follow OpenID
 * Connect Core 1.0, section 5.1, if it defines them.
 */
export class PhoneProofs {
  readonly #signer: JwtSigner;

  constructor(signer: JwtSigner) {
    this.#signer = signer;
  }

  /**
   * Signs a JWT (RFC 7519) that ties the number to its owner; null if there is no key or no owner. Claims: iss, aud
   * (the appId), sub (the openId), iat, exp (five minutes on), jti, phone_number (E.164), phone_number_verified,
   * phone_number_issued_at (the watermark's Unix seconds), phone_number_source.
   */
  async sign({ owner, e164, watermark, source }: PhoneNumber): Promise<string | null> {
    if (owner === null) return null;
    return this.#signer.sign({
      type: PHONE_PROOF_TYPE,
      audience: owner.appId,
      subject: owner.openId,
      life: PHONE_PROOF_SECONDS * 1000,
      claims: {
        phone_number: e164,
        phone_number_verified: true,
        phone_number_issued_at: watermark.timestamp,
        phone_number_source: source.toLowerCase(),
        jti: randomUUID(),
      },
    });
  }
}
