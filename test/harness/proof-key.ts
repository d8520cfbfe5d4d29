import { generateKeyPairSync } from 'node:crypto';

/** A new private key as PROOF_KEY_FILE holds it. */
export function proofKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
