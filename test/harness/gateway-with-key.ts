import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningGateway, runGateway } from './running-gateway.js';

export type KeyKind = 'P-256' | 'RSA' | 'Ed25519';

/** A new private key of this kind. */
export function privateKey(kind: KeyKind): KeyObject {
  switch (kind) {
    case 'P-256':
      return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    case 'RSA':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    case 'Ed25519':
      return generateKeyPairSync('ed25519').privateKey;
  }
}

/** What Alice's phone gets of a gateway that signs with this key, by the machine's clock. */
export interface Proofs {
  readonly running: RunningGateway;
  readonly session: string;
  readonly phone: string;
  readonly openId: string;
  readonly stop: () => Promise<void>;
}

export async function proofsUnder(key: KeyObject, env: Record<string, string> = {}): Promise<Proofs> {
  const folder = mkdtempSync(join(tmpdir(), 'signing-key-'));
  const file = join(folder, 'key.pem');
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
  const running = await runGateway({
    WEIXIN_SIMULATOR: 'on',
    PROOF_KEY_FILE: file,
    PROOF_ISSUER: 'http://localhost:4000',
    ...env,
  });
  rmSync(folder, { recursive: true });
  // Verifiers read the machine's clock.
  running.clock.advance(Date.now() - running.clock.now());
  const alice = await running.loggedIn('alice');
  const phone = await alice.proof(running.simulator.world.tap(running.app.appId, 'alice'));
  const { proof, openId } = await alice.sessionWithProof();
  return { running, session: proof ?? '', phone: phone ?? '', openId, stop: () => running.gateway.stop() };
}
