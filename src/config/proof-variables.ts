import { parseSigningKeys } from '../crypto/signing-keys.js';
import { contentOf, seconds } from './parsers.js';
import { issuerUrl } from './url.js';
import { variable } from './variable.js';

const proofKeys = contentOf(
  'a readable PEM file of PKCS#8 private keys, each P-256, RSA of 2048 bits or more, or Ed25519',
  'a PEM file: PKCS#8, P-256, RSA of 2048 bits or more, or Ed25519',
  parseSigningKeys,
);

/** Signed proofs of phone numbers and of sessions. */
export const proofVariables = {
  proofs: {
    keys: variable('PROOF_KEY_FILE', proofKeys, {
      meaning:
        'Private keys: the first signs proofs, all are published; if unset, a key is made at the start, and in production there are no proofs.',
    }),
    issuer: variable('PROOF_ISSUER', issuerUrl, {
      meaning: 'The `iss` of proofs; needed with `PROOF_KEY_FILE`, otherwise `http://localhost` and `PORT`.',
    }),
  },
  sessionProofLife: variable('SESSION_PROOF_SECONDS', seconds(60, 3600), {
    default: '300',
    meaning: 'Life of a `Session.proof`; a revocation shows in it that much later at most.',
  }),
};
