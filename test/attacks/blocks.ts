import { randomBytes } from 'node:crypto';

export const BLOCK = 16;

export function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
}

export function randomBlock(): Buffer {
  return randomBytes(BLOCK);
}

export function splitBlocks(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / BLOCK }, (_, i) => bytes.subarray(i * BLOCK, (i + 1) * BLOCK));
}

/** PKCS#7. */
export function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  const n = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([bytes, Buffer.alloc(n, n)]);
}

/** A ciphertext whose plaintext the attacker knows, because the document is their own. */
export class KnownDocument {
  readonly iv: Buffer;
  readonly blocks: readonly Buffer[];
  readonly text: string;
  readonly #plain: readonly Buffer[];

  constructor(encrypted: { readonly encryptedData: string; readonly iv: string }, text: string) {
    this.iv = Buffer.from(encrypted.iv, 'base64');
    this.blocks = splitBlocks(Buffer.from(encrypted.encryptedData, 'base64'));
    this.text = text;
    this.#plain = splitBlocks(padded(text));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.blocks);
  }

  block(i: number): Buffer {
    return present(i < 0 ? this.iv : this.blocks[i]);
  }

  /** Decryption of block i before CBC adds the previous block; known, because the plaintext is. */
  preimage(i: number): Buffer {
    return xor(present(this.#plain[i]), this.block(i - 1));
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('There is no such block.');
  return value;
}
