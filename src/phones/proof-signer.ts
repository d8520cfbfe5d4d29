import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, SignJWT } from 'jose';
import type { Clock } from '../domain/clock.js';
import type { PhoneNumber } from '../domain/phone-number.js';

/** Lifetime of a proof in seconds: enough for one call from the Mini Program to another back end. */
export const PROOF_LIFE_SECONDS = 300;

/** The `typ` of a proof, so that no other token of the same keys passes for one (RFC 8725 section 3.11). */
const PROOF_TYPE = 'phone-proof+jwt';

export type ProofAlgorithm = 'EdDSA' | 'ES256';

/** A private key that signs proofs. */
export interface ProofKey {
  readonly key: KeyObject;
  readonly algorithm: ProofAlgorithm;
}

/** A whole PEM block of any kind: skipping one would change which key is the first. */
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----/g;
const PKCS8 = /^-----BEGIN PRIVATE KEY-----/;
/** Remains of a block without its beginning or its end. Other text between blocks is a comment. */
const PART_OF_BLOCK = /---|\b(?:BEGIN|END) [A-Z0-9 ]*KEY\b|^[A-Za-z0-9+/=]{40,}$/m;

/**
 * Parses the keys in a PEM text (RFC 7468), in their order; undefined if there is none, part of a block, or a key that
 * is not PKCS#8 of Ed25519 or P-256.
 */
export function parseProofKeys(pem: string): readonly ProofKey[] | undefined {
  if (PART_OF_BLOCK.test(pem.replaceAll(PEM_BLOCK, '').replaceAll('\r', ''))) return undefined;
  const keys = (pem.match(PEM_BLOCK) ?? []).map(parseProofKey);
  const usable = keys.filter((key) => key !== undefined);
  return usable.length > 0 && usable.length === keys.length ? usable : undefined;
}

/** Generates a key for this process alone: its proofs can be verified until the process ends. */
export function generateProofKey(): ProofKey {
  return { key: generateKeyPairSync('ed25519').privateKey, algorithm: 'EdDSA' };
}

function parseProofKey(pem: string): ProofKey | undefined {
  if (!PKCS8.test(pem)) return undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return undefined;
  }
  if (key.asymmetricKeyType === 'ed25519') return { key, algorithm: 'EdDSA' };
  const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return isP256 ? { key, algorithm: 'ES256' } : undefined;
}

interface PublishedKey extends ProofKey {
  readonly keyId: string;
}

/**
 * Signs proofs of phone numbers, for back ends that trust the gateway but not the Mini Program. Claims follow OpenID
 * Connect Core 1.0, section 5.1, if it defines them.
 */
export class ProofSigner {
  readonly #issuer: string;
  readonly #clock: Clock;
  readonly #signing: PublishedKey | undefined;
  /** Public keys (RFC 7517): the signing key, and those of other instances and earlier proofs. */
  readonly jwks: JSONWebKeySet;

  private constructor(issuer: string, clock: Clock, signing: PublishedKey | undefined, jwks: JSONWebKeySet) {
    this.#issuer = issuer;
    this.#clock = clock;
    this.#signing = signing;
    this.jwks = jwks;
  }

  /** @param keys the first signs, all are published; without any there are no proofs */
  static async create(keys: readonly ProofKey[], issuer: string, clock: Clock): Promise<ProofSigner> {
    const published = await Promise.all(
      keys.map(async ({ key, algorithm }) => {
        const jwk = await exportJWK(createPublicKey(key));
        const keyId = await calculateJwkThumbprint(jwk);
        return { key, algorithm, keyId, jwk: { ...jwk, kid: keyId, alg: algorithm, use: 'sig' } };
      }),
    );
    return new ProofSigner(issuer, clock, published[0], { keys: published.map(({ jwk }) => jwk) });
  }

  /**
   * Signs a JWT (RFC 7519) that ties the number to its owner; null if there is no key or no owner. Claims: iss, aud
   * (the appId), sub (the openId), iat, exp (five minutes on), jti, phone_number (E.164), phone_number_verified,
   * phone_number_issued_at (the watermark's Unix seconds), phone_number_source.
   */
  async sign({ owner, e164, watermark, source }: PhoneNumber): Promise<string | null> {
    if (this.#signing === undefined || owner === null) return null;
    const { key, algorithm, keyId } = this.#signing;
    const now = Math.floor(this.#clock.now() / 1000);
    return new SignJWT({
      phone_number: e164,
      phone_number_verified: true,
      phone_number_issued_at: watermark.timestamp,
      phone_number_source: source.toLowerCase(),
    })
      .setProtectedHeader({ alg: algorithm, kid: keyId, typ: PROOF_TYPE })
      .setIssuer(this.#issuer)
      .setAudience(owner.appId)
      .setSubject(owner.openId)
      .setIssuedAt(now)
      .setExpirationTime(now + PROOF_LIFE_SECONDS)
      .setJti(randomUUID())
      .sign(key);
  }
}
