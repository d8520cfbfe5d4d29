import { decodeBase64 } from './base64.js';

/** Bytes of a session key: AES-128. */
export const SESSION_KEY_BYTES = 16;

/**
 * A key that Weixin shares with this gateway for one user: 16 bytes, handed over as 24 characters of Base64. It never
 * leaves the server; a private field keeps it out of JSON, logs and inspection.
 * Source: developers.weixin.qq.com, "code2Session".
 */
export class SessionKey {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** The key that Weixin wrote as this text, or undefined where the text is not 16 bytes of canonical Base64. */
  static parse(text: string): SessionKey | undefined {
    return decodeBase64(text)?.length === SESSION_KEY_BYTES ? new SessionKey(text) : undefined;
  }

  /** @param bytes SESSION_KEY_BYTES of them */
  static fromBytes(bytes: Buffer): SessionKey {
    if (bytes.length !== SESSION_KEY_BYTES) throw new RangeError(`A session key has ${SESSION_KEY_BYTES} bytes.`);
    return new SessionKey(bytes.toString('base64'));
  }

  /** The Base64 text, which is what Weixin's signatures are keyed with. */
  revealText(): string {
    return this.#text;
  }

  revealBytes(): Buffer {
    return Buffer.from(this.#text, 'base64');
  }

  equals(other: SessionKey): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return '[session key]';
  }
}
