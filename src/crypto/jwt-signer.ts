import { createPublicKey } from 'node:crypto';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  errors,
  exportJWK,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { SigningAlgorithm, SigningKey } from './signing-keys.js';

/** What a JWT says beside who issued it and when, which JwtSigner adds. */
export interface JwtContent {
  /**
   * The header's `typ`. Each kind of token has its own, so that none of them passes for another one of the same keys
   * (RFC 8725 section 3.11).
   */
  readonly type: string;
  readonly audience: string;
  readonly subject: string;
  /** From now to `exp`; whole seconds. */
  readonly life: Milliseconds;
  /** `exp` is no later than this. */
  readonly endsBy?: Instant;
  /** Further claims. */
  readonly claims: JWTPayload;
}

interface PublishedKey extends SigningKey {
  readonly keyId: string;
}

/** Signs the gateway's JWTs (RFC 7519), and verifies its own ones. */
export class JwtSigner {
  readonly issuer: string;
  /** The public keys (RFC 7517): the one that signs, and the ones of other instances and of earlier tokens. */
  readonly jwks: JSONWebKeySet;
  /** The algorithms of the published keys, each once; none if there is no key. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly #clock: Clock;
  readonly #signing: PublishedKey | undefined;
  readonly #published: ReturnType<typeof createLocalJWKSet>;

  private constructor(issuer: string, clock: Clock, keys: readonly PublishedKey[], jwks: JSONWebKeySet) {
    this.issuer = issuer;
    this.jwks = jwks;
    this.algorithms = [...new Set(keys.map(({ algorithm }) => algorithm))];
    this.#clock = clock;
    this.#signing = keys[0];
    this.#published = createLocalJWKSet(jwks);
  }

  /** @param keys the first signs, all are published; without any nothing is signed */
  static async create(keys: readonly SigningKey[], issuer: string, clock: Clock): Promise<JwtSigner> {
    const published = await Promise.all(
      keys.map(async ({ key, algorithm }) => {
        const jwk = await exportJWK(createPublicKey(key));
        const keyId = await calculateJwkThumbprint(jwk);
        return { key, algorithm, keyId, jwk: { ...jwk, kid: keyId, alg: algorithm, use: 'sig' } };
      }),
    );
    return new JwtSigner(issuer, clock, published, { keys: published.map(({ jwk }) => jwk) });
  }

  /** Whether there is a key to sign with. */
  get canSign(): boolean {
    return this.#signing !== undefined;
  }

  /** A signed JWT in its compact form; null if there is no key. */
  async sign({ type, audience, subject, life, endsBy = Infinity, claims }: JwtContent): Promise<string | null> {
    if (this.#signing === undefined) return null;
    const { key, algorithm, keyId } = this.#signing;
    const now = this.#now();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: keyId, typ: type })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(Math.min(now + life / 1000, Math.floor(endsBy / 1000)))
      .sign(key);
  }

  /** The claims of a JWT of this type that one of the published keys signed and that has not ended; undefined for any other text. */
  async verify(jwt: string, type: string): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(jwt, this.#published, {
        issuer: this.issuer,
        typ: type,
        algorithms: [...this.algorithms],
        currentDate: new Date(this.#now() * 1000),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  /** Unix seconds. */
  #now(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
