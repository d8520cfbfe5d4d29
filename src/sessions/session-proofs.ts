import type { JwtSigner } from '../crypto/jwt-signer.js';
import type { Milliseconds } from '../domain/clock.js';
import type { Session } from '../domain/session.js';

/** A plain JWT, the only type that Spring Security takes without a setting; phone proofs have another one. */
const SESSION_PROOF_TYPE = 'JWT';

/** What a session proof says of its session. */
export interface ProvenSession {
  readonly sessionId: string;
  readonly openId: string;
  readonly appId: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** Signs who is logged in, for other back ends, which then ask nobody. A revocation shows when the proof ends. */
export class SessionProofs {
  readonly #signer: JwtSigner;
  readonly #life: Milliseconds;

  /** @param life whole seconds */
  constructor(signer: JwtSigner, life: Milliseconds) {
    this.#signer = signer;
    this.#life = life;
  }

  /**
   * A JWT (RFC 7519) that says whose session this is; null if there is no key. Claims: iss, sub (the openId), aud (the
   * appId), sid (OpenID Connect Front-Channel Logout 1.0 section 3), iat, exp, auth_time (Unix seconds of the login), and
   * union_id if Weixin gave one.
   */
  sign({ id, appId, openId, unionId, createdAt, expiresAt }: Session): Promise<string | null> {
    return this.#signer.sign({
      type: SESSION_PROOF_TYPE,
      audience: appId,
      subject: openId,
      life: this.#life,
      endsBy: expiresAt,
      claims: {
        sid: id,
        auth_time: Math.floor(createdAt / 1000),
        ...(unionId !== null && { union_id: unionId }),
      },
    });
  }

  /** What a session proof of this gateway says, if it has not ended; undefined for any other text, phone proofs included. */
  async read(proof: string): Promise<ProvenSession | undefined> {
    const claims = await this.#signer.verify(proof, SESSION_PROOF_TYPE);
    if (claims === undefined) return undefined;
    const { sid, sub, aud, iat, exp } = claims;
    const isComplete =
      typeof sid === 'string' &&
      typeof sub === 'string' &&
      typeof aud === 'string' &&
      iat !== undefined &&
      exp !== undefined;
    return isComplete ? { sessionId: sid, openId: sub, appId: aud, issuedAt: iat, expiresAt: exp } : undefined;
  }
}
