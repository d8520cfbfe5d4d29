import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Algorithms of JSON Web Signatures (RFC 7518 section 3.1, RFC 8037) that keys are taken for. */
export type SigningAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

/** A private key that signs proofs. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: SigningAlgorithm;
}

/** Bits of the smallest RSA key (RFC 7518 section 3.3). */
const MIN_RSA_BITS = 2048;

/** A whole PEM block of any kind: skipping one would change which key is the first. */
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----/g;
const PKCS8 = /^-----BEGIN PRIVATE KEY-----/;
/** Remains of a block without its beginning or its end. Other text between blocks is a comment. */
const PART_OF_BLOCK = /---|\b(?:BEGIN|END) [A-Z0-9 ]*KEY\b|^[A-Za-z0-9+/=]{40,}$/m;

/**
 * Parses the keys in a PEM text (RFC 7468), in their order; undefined if there is none, part of a block, or a key that
 * is not PKCS#8 of P-256, RSA with MIN_RSA_BITS or more, or Ed25519.
 */
export function parseSigningKeys(pem: string): readonly SigningKey[] | undefined {
  if (PART_OF_BLOCK.test(pem.replaceAll(PEM_BLOCK, '').replaceAll('\r', ''))) return undefined;
  const keys = (pem.match(PEM_BLOCK) ?? []).map(parseSigningKey);
  const usable = keys.filter((key) => key !== undefined);
  return usable.length > 0 && usable.length === keys.length ? usable : undefined;
}

/** Generates a key for this process alone: its proofs can be verified until the process ends. */
export function generateSigningKey(): SigningKey {
  return { key: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey, algorithm: 'ES256' };
}

function parseSigningKey(pem: string): SigningKey | undefined {
  if (!PKCS8.test(pem)) return undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return undefined;
  }
  const algorithm = algorithmOf(key);
  return algorithm && { key, algorithm };
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm | undefined {
  switch (asymmetricKeyType) {
    case 'ec':
      return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined;
    case 'rsa':
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS ? 'RS256' : undefined;
    case 'ed25519':
      return 'EdDSA';
    default:
      return undefined;
  }
}
