import type { SecretKind } from './evidence.js';

/** Characters by which texts are looked up before they are compared. */
const HEAD = 8;

/**
 * Finds secrets in bytes, whatever they are written as: as they are, in Base64, Base64url or hexadecimal, percent-encoded,
 * and a session key as its bytes. Phone numbers are found as whole numbers only: their digits may be part of a time.
 */
export class SecretSearch {
  readonly #byHead = new Map<string, { readonly text: string; readonly kind: SecretKind }[]>();

  constructor(secrets: ReadonlyMap<string, SecretKind>) {
    for (const [secret, kind] of secrets) {
      for (const text of kind === 'phone number' ? [secret] : writings(secret, kind)) {
        const head = text.slice(0, HEAD);
        this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), { text, kind }]);
      }
    }
  }

  /** What is found, by kind and place; never the secret itself. */
  in(bytes: string): string[] {
    const found: string[] = [];
    for (let at = 0; at <= bytes.length - HEAD; at += 1) {
      for (const { text, kind } of this.#byHead.get(bytes.slice(at, at + HEAD)) ?? []) {
        if (!bytes.startsWith(text, at)) continue;
        if (kind === 'phone number' && /\d/.test(`${bytes[at - 1] ?? ''}${bytes[at + text.length] ?? ''}`)) continue;
        found.push(`a ${kind} at ${at}, behind ${JSON.stringify(bytes.slice(Math.max(0, at - 40), at))}`);
      }
    }
    return found;
  }
}

function writings(secret: string, kind: SecretKind): Set<string> {
  const bytes = Buffer.from(secret);
  const unpadded = bytes.toString('base64').replace(/.?=*$/, '');
  const keyBytes = kind === 'session key' ? Buffer.from(secret, 'base64') : undefined;
  return new Set([
    secret,
    unpadded,
    bytes.toString('base64url').slice(0, -1),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    ...(keyBytes === undefined ? [] : [keyBytes.toString('latin1'), keyBytes.toString('hex')]),
  ]);
}
