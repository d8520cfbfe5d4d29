import { parseProofKeys } from '../phones/proof-signer.js';
import { contentOf, webUrl } from './parsers.js';
import { variable } from './variable.js';

const proofKeys = contentOf(
  'a readable PEM file of PKCS#8 private keys, each Ed25519 or P-256',
  'a PEM file: PKCS#8, Ed25519 or P-256',
  parseProofKeys,
);

/** Signed proofs of phone numbers. */
export const proofVariables = {
  proofs: {
    keys: variable('PROOF_KEY_FILE', proofKeys, {
      meaning:
        'Private keys: the first signs proofs, all are published; if unset, a key is made at the start, and in production there are no proofs.',
    }),
    issuer: variable('PROOF_ISSUER', webUrl, {
      meaning: 'The `iss` of proofs; needed with `PROOF_KEY_FILE`, otherwise `http://localhost` and `PORT`.',
    }),
  },
};
