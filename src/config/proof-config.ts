import { parseProofKeys, type ProofKey } from '../phones/proof-signer.js';
import { type EnvReader, whyUnusable } from './env-reader.js';
import { parseUrl } from './url.js';

/** The first signs, all are published; with none there are no proofs. undefined: one is made at start. */
export function readProofKeys(reader: EnvReader): readonly ProofKey[] | undefined {
  const path = reader.text('PROOF_KEY_FILE');
  if (path === undefined) return reader.production ? [] : undefined;
  let why: unknown;
  try {
    const keys = parseProofKeys(reader.file(path));
    if (keys !== undefined) return keys;
  } catch (error) {
    why = error;
  }
  reader.problem(
    'PROOF_KEY_FILE must name a readable PEM file of PKCS#8 private keys, each Ed25519 or P-256.' + whyUnusable(why),
  );
  return [];
}

/** The `iss` of proofs. */
export function readProofIssuer(reader: EnvReader, port: number): string {
  const issuer = reader.text('PROOF_ISSUER');
  if (issuer === undefined && reader.text('PROOF_KEY_FILE') !== undefined) {
    reader.problem('PROOF_ISSUER is needed with PROOF_KEY_FILE: the URL that names this gateway in proofs.');
  }
  if (issuer !== undefined && parseUrl(issuer) === undefined) {
    reader.problem('PROOF_ISSUER must be an http or https URL.');
  }
  return issuer ?? (port === 0 ? 'http://localhost' : `http://localhost:${port}`);
}
