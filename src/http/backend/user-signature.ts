import * as z from 'zod';
import type { User } from '../../domain/app.js';
import type { TokenIntrospection } from '../../sessions/token-introspection.js';
import type { SignatureFailure, UserSignatures } from '../../sessions/user-signatures.js';
import { invalidRequest } from './backend-error.js';
import { type BackendAnswer, type BackendEndpoint, done, later, refused } from './endpoint.js';
import { namedUser } from './named-user.js';

/** Bytes of the data to sign, as UTF-8. */
export const MAX_DATA_BYTES = 64 * 1024;

const HALF_PAIR = /\p{Surrogate}/u;

const RULE =
  'The body must be a JSON object with data (a string), either token or appId and openId, and optionally check (true or false).';

const byToken = z.strictObject({ token: z.string(), data: z.string(), check: z.boolean().optional() });
const byUser = z.strictObject({
  appId: z.string(),
  openId: z.string(),
  data: z.string(),
  check: z.boolean().optional(),
});
const request = z.union([byToken, byUser]);

/**
 * The user-state signature that wx.requestVirtualPayment wants, over exactly the bytes of `data`. A token that is not live
 * and a user without a key get the same answer.
 */
export function userSignature(tokens: TokenIntrospection, signatures: UserSignatures): BackendEndpoint {
  return {
    path: '/user-signature',
    mediaType: 'application/json',
    async answer(body) {
      const { data, check = false, ...who } = checked(body);
      const user = 'token' in who ? await userOf(tokens, who.token) : namedUser(who);
      if (user === undefined) return failed({ code: 'NO_SESSION_KEY' });
      const signed = await signatures.sign(user, data, check);
      return signed.ok ? done('signed', { signature: signed.value }) : failed(signed.failure);
    },
  };
}

function checked(body: unknown): z.infer<typeof request> {
  const parsed = request.safeParse(body);
  if (!parsed.success) throw invalidRequest(RULE);
  const { data } = parsed.data;
  // Half a surrogate pair has no bytes of its own: what is signed would not be what came.
  if (HALF_PAIR.test(data)) throw invalidRequest('data must be Unicode text: it holds half a surrogate pair.');
  if (Buffer.byteLength(data) <= MAX_DATA_BYTES) return parsed.data;
  throw invalidRequest(`data must have at most ${MAX_DATA_BYTES} bytes.`, 413);
}

async function userOf(tokens: TokenIntrospection, token: string): Promise<User | undefined> {
  const found = await tokens.find(token);
  if (!found.ok) throw later(found.failure);
  return found.value?.session;
}

function failed(failure: SignatureFailure): BackendAnswer {
  switch (failure.code) {
    case 'NO_SESSION_KEY':
      return refused(404, 'no_session_key', 'No session key is on file: have the user log in.');
    case 'KEY_NOT_CURRENT':
      return refused(409, 'key_not_current', 'Weixin has replaced the session key: have the user log in again.');
    case 'RATE_LIMITED':
    case 'SERVICE_UNAVAILABLE':
      throw later(failure);
  }
}
