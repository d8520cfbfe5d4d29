import { randomBytes } from 'node:crypto';
import { type Fingerprint, fingerprint } from './fingerprint.js';

declare const tokenBrand: unique symbol;

/** An opaque bearer token: 32 random bytes as 43 characters of Base64url. */
export type Token = string & { readonly [tokenBrand]: true };

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function newToken(): Token {
  return randomBytes(TOKEN_BYTES).toString('base64url') as Token;
}

export function parseToken(text: string): Token | undefined {
  return TOKEN.test(text) ? (text as Token) : undefined;
}

/**
 * Hash under which stores know a token. Looking up a hash also makes a constant-time comparison of tokens unnecessary.
 */
export function tokenHash(token: Token): Fingerprint {
  return fingerprint('token', token);
}
