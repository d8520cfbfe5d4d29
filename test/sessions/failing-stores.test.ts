import { unavailable } from '../../src/domain/failure.js';
import { SessionService, type SessionServiceOptions } from '../../src/sessions/session-service.js';
import type { Claim, Once } from '../../src/stores/once.js';
import { bug, failing, lost } from '../harness/failing-port.js';
import { request, sessionPorts, tokenOf } from '../harness/session-service.js';

/** A Once of which one settlement fails. */
function settlementFails(once: Once, operation: 'keep' | 'release', error: Error): Once {
  return {
    claim: async (id): Promise<Claim> => {
      const claim = await once.claim(id);
      return claim.state === 'mine' ? { ...claim, [operation]: () => Promise.reject(error) } : claim;
    },
  };
}

type Break = (ports: SessionServiceOptions, error: Error) => Partial<SessionServiceOptions>;
const session = (operation: 'create' | 'find' | 'recall' | 'revoke' | 'revokeAll'): Break => {
  return ({ sessions }, error) => ({ sessions: failing(sessions, operation, error) });
};

/** Every operation of the service, and every call of a port that it makes. */
const steps: [what: string, breaks: Break, work: (service: SessionService, token: string) => Promise<unknown>][] = [
  ['login, claiming the code', ({ once }, e) => ({ once: failing(once, 'claim', e) }), login],
  [
    'login, counting it',
    ({ limits }, e) => ({ limits: { ...limits, login: failing(limits.login, 'count', e) } }),
    login,
  ],
  ['login, learning the key and creating the session', session('create'), login],
  ['login, keeping the answer', ({ once }, e) => ({ once: settlementFails(once, 'keep', e) }), login],
  ['a repeated login, recalling its session', session('recall'), (service) => service.login(request)],
  ['authenticate, finding the session', session('find'), (service, token) => service.authenticate(token)],
  ['logout, revoking the session', session('revoke'), (service, token) => service.logout(token, false)],
  ['logout everywhere, finding the session', session('find'), (service, token) => service.logout(token, true)],
  ['logout everywhere, revoking', session('revokeAll'), (service, token) => service.logout(token, true)],
];

function login(service: SessionService): Promise<unknown> {
  return service.login({ ...request, code: 'another-code' });
}

/** A service of which something breaks after a first login. */
async function broken(breaks: Break, error: Error) {
  const ports = sessionPorts();
  const token = await tokenOf(new SessionService(ports));
  return { token, service: new SessionService({ ...ports, ...breaks(ports, error) }) };
}

describe('a store that is out of reach is SERVICE_UNAVAILABLE', () => {
  test.each(steps)('in %s', async (_, breaks, work) => {
    const { service, token } = await broken(breaks, lost);
    expect(await work(service, token)).toEqual({ ok: false, failure: unavailable });
  });
});

describe('a bug in a store is thrown on', () => {
  test.each(steps)('in %s', async (_, breaks, work) => {
    const { service, token } = await broken(breaks, bug);
    await expect(work(service, token)).rejects.toBe(bug);
  });
});

test('what is no token reaches no store', async () => {
  const ports = sessionPorts();
  const sessions = failing(failing(ports.sessions, 'find', bug), 'revoke', bug);
  const service = new SessionService({ ...ports, sessions });
  for (const token of [undefined, '', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`]) {
    expect(await service.authenticate(token)).toEqual({ ok: false, failure: { code: 'NOT_LOGGED_IN' } });
    expect(await service.logout(token, false)).toEqual({ ok: true, value: 0 });
    expect(await service.logout(token, true)).toEqual({ ok: true, value: 0 });
  }
});

test('a bug is thrown on, also where the store is out of reach when the code is to be remembered', async () => {
  const ports = sessionPorts();
  const service = new SessionService({
    ...ports,
    sessions: failing(ports.sessions, 'create', bug),
    once: settlementFails(ports.once, 'keep', lost),
  });
  await expect(service.login(request)).rejects.toBe(bug);
});
