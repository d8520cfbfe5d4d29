import { deriveSealingKey, seal, type SealingKey, unseal } from '../crypto/sealing.js';
import { parseToken, type Token } from '../crypto/token.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { LoginFailure, LoginRequest } from './login.js';

/** The answer to a code, as a store keeps it for copies of the code: a token under seal, or a failure in the open. */
type Kept = { readonly sealedToken: string } | { readonly failure: LoginFailure };

/**
 * The token is sealed under a key made of the code itself, and of the nonce where the client sent one: the store, which
 * holds neither, cannot open it.
 */
export function keptLogin(request: LoginRequest, token: Token): string {
  return JSON.stringify({ sealedToken: seal(sealingKey(request), token) } satisfies Kept);
}

export function keptFailure(failure: LoginFailure): string {
  return JSON.stringify({ failure } satisfies Kept);
}

/** What this request gets of a kept answer; with another nonce than the first one's, the code was used. */
export function recall(request: LoginRequest, kept: string): Result<Token, LoginFailure> {
  const answer = JSON.parse(kept) as Kept;
  if ('failure' in answer) return fail(answer.failure);
  const token = parseToken(unseal(sealingKey(request), answer.sealedToken) ?? '');
  return token === undefined ? fail({ code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }) : succeed(token);
}

function sealingKey({ app, code, nonce }: LoginRequest): SealingKey {
  return deriveSealingKey(code, 'login-replay', [app.appId, nonce]);
}
