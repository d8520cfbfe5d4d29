import { decodeBase64 } from './base64.js';

/** Bytes of a session key: AES-128. */
export const SESSION_KEY_BYTES = 16;

/**
 * A key that Weixin shares with this gateway for one user: 16 bytes, handed over as 24 characters of Base64. It never
 * leaves the server; a private field keeps it out of JSON, logs and inspection.
 * Source: developers.weixin.qq.com, "code2Session".
 */
export class SessionKey {
  /** Latin-1 text, one character per byte. */
  readonly #latin1: string;

  private constructor(latin1: string) {
    this.#latin1 = latin1;
  }

  /** Parses Base64 text from Weixin; undefined if it is not canonical or not 16 bytes. */
  static parse(text: string): SessionKey | undefined {
    const bytes = decodeBase64(text);
    return bytes?.length === SESSION_KEY_BYTES ? new SessionKey(bytes.toString('latin1')) : undefined;
  }

  /**
   * @param latin1 SESSION_KEY_BYTES characters, one per byte
   * @throws RangeError for any other length
   */
  static fromLatin1(latin1: string): SessionKey {
    if (latin1.length !== SESSION_KEY_BYTES) throw new RangeError(`A session key has ${SESSION_KEY_BYTES} bytes.`);
    return new SessionKey(latin1);
  }

  /** The Base64 text, which is the HMAC key of Weixin's signatures. */
  revealText(): string {
    return this.revealBytes().toString('base64');
  }

  revealBytes(): Buffer {
    return Buffer.from(this.#latin1, 'latin1');
  }

  /** Latin-1 text, one character per byte. */
  revealLatin1(): string {
    return this.#latin1;
  }

  equals(other: SessionKey): boolean {
    return this.#latin1 === other.#latin1;
  }

  toString(): string {
    return '[session key]';
  }
}
