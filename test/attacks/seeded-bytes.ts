import { createCipheriv, createHash } from 'node:crypto';

/** Bytes at hand before the cipher is asked for more. */
const CHUNK = 64 * 1024;

/** Random bytes that a seed repeats: AES-128 in counter mode. */
export class SeededBytes {
  readonly #cipher;
  #chunk = Buffer.alloc(0);
  #at = 0;

  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest().subarray(0, 16);
    this.#cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  }

  next(length: number): Buffer {
    if (this.#at + length > this.#chunk.length) {
      this.#chunk = this.#cipher.update(Buffer.alloc(Math.max(CHUNK, length)));
      this.#at = 0;
    }
    this.#at += length;
    return this.#chunk.subarray(this.#at - length, this.#at);
  }

  /** A whole number below a bound of at most 2^32. */
  below(bound: number): number {
    return Math.floor((this.next(4).readUInt32LE() / 2 ** 32) * bound);
  }
}
