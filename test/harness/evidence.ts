import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What the fault suite leaves behind: every byte that a gateway wrote, and every secret that it was given. `npm run faults`
 * names a folder for it; without one nothing is collected.
 */
const folder = process.env['FAULTS_EVIDENCE'];

export const PLACES = ['output', 'failures', 'metrics', 'spans', 'store', 'crash report'] as const;
/** Where something was found to be written: output of processes, bodies of failures, metrics, spans, Redis, a crash report. */
export type Place = (typeof PLACES)[number];

export const SECRET_KINDS = ['app secret', 'store key', 'session key', 'token', 'code', 'phone number'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

export const isCollecting = folder !== undefined;

export function collect(place: Place, bytes: Buffer | string): void {
  if (folder !== undefined) appendFileSync(join(folder, place), bytes);
}

export function remember(kind: SecretKind, secret: string): void {
  if (folder !== undefined) appendFileSync(join(folder, 'secrets'), `${kind}\t${secret}\n`);
}

/** One character a byte. */
export function collected(place: Place): string {
  return folder === undefined || !existsSync(join(folder, place)) ? '' : readFileSync(join(folder, place), 'latin1');
}

export function remembered(): Map<string, SecretKind> {
  const secrets = new Map<string, SecretKind>();
  if (folder === undefined) return secrets;
  for (const line of readFileSync(join(folder, 'secrets'), 'utf8').split('\n')) {
    const [kind, secret] = line.split('\t');
    if (kind !== undefined && secret !== undefined) secrets.set(secret, kind as SecretKind);
  }
  return secrets;
}
