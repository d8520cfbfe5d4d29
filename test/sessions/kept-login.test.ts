import { newToken } from '../../src/crypto/token.js';
import type { AppId } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import { keptFailure, keptLogin, recall } from '../../src/sessions/kept-login.js';
import type { LoginRequest } from '../../src/sessions/login.js';

const request: LoginRequest = {
  app: { appId: 'wx4f4bc4dec97d474b' as AppId, secret: new Secret('s') },
  code: 'code-1',
  nonce: 'nonce-1',
};
const token = newToken();
const used = { ok: false, failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' } };

test('what a store keeps for a repeated code shows neither the token, nor the code, nor the nonce', () => {
  const kept = keptLogin(request, token);
  for (const secret of [token, request.code, request.nonce]) expect(kept).not.toContain(secret);
});

test('the same code and nonce open it again', () => {
  expect(recall(request, keptLogin(request, token))).toEqual({ ok: true, value: token });
});

test.each([
  { what: 'another code', other: { code: 'code-2' } },
  { what: 'another nonce', other: { nonce: 'nonce-2' } },
  { what: 'no nonce', other: { nonce: null } },
  { what: 'another app', other: { app: { ...request.app, appId: 'wx0000000000000000' as AppId } } },
])('$what does not: to it the code was used', ({ other }) => {
  expect(recall({ ...request, ...other }, keptLogin(request, token))).toEqual(used);
});

test('a kept failure is the same for every request with the code', () => {
  const failure = { code: 'USER_BLOCKED' } as const;
  expect(recall({ ...request, nonce: null }, keptFailure(failure))).toEqual({ ok: false, failure });
});
