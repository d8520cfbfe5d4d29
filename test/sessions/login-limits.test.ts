import { unavailable } from '../../src/domain/failure.js';
import { SessionService, type SessionServiceOptions } from '../../src/sessions/session-service.js';
import type { LoginRequest } from '../../src/sessions/login.js';
import { failing, lost } from '../harness/failing-port.js';
import { clientAddress, loginLimit, request, sessionPorts } from '../harness/session-service.js';

const MINUTE = 60_000;

/** A service that lets this many logins through in a minute. */
function limited({ byAddress = 1000, byApp = 1000 }) {
  const ports = sessionPorts();
  const limits = {
    ...ports.limits,
    login: loginLimit(ports.clock, { byAddress, byApp }),
  };
  const refusals: string[] = [];
  const metrics = { ...ports.metrics, rateLimited: (name: string) => refusals.push(name) };
  const options: SessionServiceOptions = { ...ports, limits, metrics };
  return { ...ports, options, refusals, service: new SessionService(options) };
}

const from = (address: string, code: string): LoginRequest => ({
  ...request,
  code,
  clientAddress: clientAddress(address),
});
const rateLimited = (retryAfterSeconds: number) => ({
  ok: false,
  failure: { code: 'RATE_LIMITED', retryAfterSeconds },
});

test('an address that sent too many codes is told how long to wait, and then let in', async () => {
  const { service, clock } = limited({ byAddress: 2 });
  for (const code of ['a', 'b']) expect(await service.login(from('203.0.113.7', code))).toMatchObject({ ok: true });
  clock.advance(1);
  expect(await service.login(from('203.0.113.7', 'c'))).toEqual(rateLimited(60));
  clock.advance(MINUTE - 2);
  expect(await service.login(from('203.0.113.7', 'c'))).toEqual(rateLimited(1));
  clock.advance(1);
  expect(await service.login(from('203.0.113.7', 'c'))).toMatchObject({ ok: true });
});

test.each([
  ['another address', '203.0.113.8', true],
  ['the same address, mapped into IPv6', '::ffff:203.0.113.7', false],
])('%s is let in: %s, %s', async (_what, address, isLetIn) => {
  const { service } = limited({ byAddress: 1 });
  await service.login(from('203.0.113.7', 'a'));
  expect((await service.login(from(address, 'b'))).ok).toBe(isLetIn);
});

test('the addresses of one IPv6 network count as one', async () => {
  const { service } = limited({ byAddress: 1 });
  await service.login(from('2001:db8:1:2::1', 'a'));
  expect(await service.login(from('2001:db8:1:2:ffff::1', 'b'))).toEqual(rateLimited(60));
  expect(await service.login(from('2001:db8:1:3::1', 'c'))).toMatchObject({ ok: true });
});

test.each([
  ['address', { byAddress: 1 }],
  ['app', { byApp: 1 }],
])('a code that is refused by the limit of its %s reaches no Weixin, and logs in later', async (_what, limits) => {
  const { service, weixin, clock } = limited(limits);
  await service.login(from('203.0.113.7', 'a'));
  const copies = await Promise.all([1, 2, 3].map(() => service.login(from('203.0.113.7', 'b'))));
  expect(copies).toEqual(Array(3).fill(rateLimited(60)));
  expect(weixin.codes).toEqual(['a']);
  clock.advance(MINUTE);
  expect(await service.login(from('203.0.113.7', 'b'))).toMatchObject({ ok: true });
  expect(weixin.codes).toEqual(['a', 'b']);
});

test('a repeated code gives the same session from a spent address, and counts for nothing', async () => {
  const { service, clock } = limited({ byAddress: 2 });
  const first = await service.login(from('203.0.113.7', 'a'));
  for (let i = 0; i < 5; i += 1) expect(await service.login(from('203.0.113.7', 'a'))).toEqual(first);
  expect(await service.login(from('203.0.113.7', 'b'))).toMatchObject({ ok: true });
  expect(await service.login(from('203.0.113.7', 'c'))).toEqual(rateLimited(60));
  clock.advance(59_000);
  expect(await service.login(from('203.0.113.7', 'a'))).toEqual(first);
});

test('what is no code counts for nothing', async () => {
  const { service } = limited({ byAddress: 1 });
  for (let i = 0; i < 5; i += 1) await service.login(from('203.0.113.7', 'not a code'));
  expect(await service.login(from('203.0.113.7', 'a'))).toMatchObject({ ok: true });
});

test('an address that is refused takes nothing of what the app has left', async () => {
  const { service } = limited({ byAddress: 1, byApp: 2 });
  for (let i = 0; i < 10; i += 1) await service.login(from('203.0.113.7', `code-${i}`));
  expect(await service.login(from('203.0.113.8', 'b'))).toMatchObject({ ok: true });
  expect(await service.login(from('203.0.113.9', 'c'))).toEqual(rateLimited(60));
});

test('refusals are counted by the name of the limit', async () => {
  const { service, refusals } = limited({ byAddress: 2, byApp: 1 });
  for (const code of ['a', 'b', 'c']) await service.login(from('203.0.113.7', code));
  expect(refusals).toEqual(['login_by_app', 'login_by_address']);
});

test('if the counts are out of reach the login is not let through, and the code is not used up', async () => {
  const { options, service, weixin } = limited({});
  const broken = { ...options.limits, login: failing(options.limits.login, 'count', lost) };
  const refused = await new SessionService({ ...options, limits: broken }).login(request);
  expect(refused).toEqual({ ok: false, failure: unavailable });
  expect(weixin.codes).toEqual([]);
  expect(await service.login(request)).toMatchObject({ ok: true });
});
