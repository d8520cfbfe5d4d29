import type { Config } from '../../config/config.js';
import { JwtSigner } from '../../crypto/jwt-signer.js';
import type { SigningKey } from '../../crypto/signing-keys.js';
import { systemClock } from '../../domain/clock.js';
import { type Finding, passed } from './finding.js';

const TRIED = 'proof keys';

/** The keys that sign proofs: kind, kid, issuer. All of that is public. */
export async function checkProofKeys({ proofKeys, proofIssuer }: Config): Promise<readonly Finding[]> {
  if (proofKeys === undefined) {
    return [passed(TRIED, 'none is set, so each start makes one', 'With PROOF_KEY_FILE proofs outlive a restart.')];
  }
  if (proofKeys.length === 0) return [passed(TRIED, 'none, so there are no proofs', 'PROOF_KEY_FILE would have them.')];
  const { jwks, issuer } = await JwtSigner.create(proofKeys, proofIssuer, systemClock);
  return proofKeys.map((key, i) => {
    const use = i === 0 ? `signs the proofs of ${issuer}` : 'is published';
    return passed(TRIED, `${kindOf(key)}, kid ${jwks.keys[i]?.kid ?? ''}, ${use}`);
  });
}

function kindOf({ algorithm, key }: SigningKey): string {
  switch (algorithm) {
    case 'ES256':
      return 'P-256 (ES256)';
    case 'EdDSA':
      return 'Ed25519 (EdDSA)';
    case 'RS256':
      return `RSA of ${key.asymmetricKeyDetails?.modulusLength ?? 0} bits (RS256)`;
  }
}
