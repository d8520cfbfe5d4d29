import { type FailureOf, unavailable } from '../../src/domain/failure.js';
import { SessionService } from '../../src/sessions/session-service.js';
import { type Code2SessionRefusal, WeixinRefusesUs } from '../../src/weixin/weixin-api.js';
import { bug, failing, lost } from '../harness/failing-port.js';
import { request, ScriptedWeixin, sessionPorts, tokenOf } from '../harness/session-service.js';

const alreadyUsed = { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' } as const;
const blocked: FailureOf<'USER_BLOCKED'> = { code: 'USER_BLOCKED' };

/** A service over a Weixin that gives these answers first. */
function serviceOver(...answers: (Code2SessionRefusal | Error)[]) {
  const ports = sessionPorts();
  const weixin = new ScriptedWeixin(...answers);
  return { service: new SessionService({ ...ports, weixin }), weixin, clock: ports.clock, ports };
}

describe('a code that Weixin refused', () => {
  test('goes to Weixin again where it did not look at the code', async () => {
    const { service, weixin } = serviceOver({ failure: unavailable, codeSpent: 'no' });
    expect(await service.login(request)).toEqual({ ok: false, failure: unavailable });
    expect(await service.login(request)).toMatchObject({ ok: true });
    expect(weixin.codes).toHaveLength(2);
  });

  test('never goes to Weixin again where the answer was lost', async () => {
    const { service, weixin, clock } = serviceOver({ failure: unavailable, codeSpent: 'unknown' });
    const copies = await Promise.all([service.login(request), service.login(request)]);
    expect(copies).toEqual(Array(2).fill({ ok: false, failure: unavailable }));
    clock.advance(299_999);
    expect(await service.login(request)).toEqual({ ok: false, failure: alreadyUsed });
    expect(weixin.codes).toHaveLength(1);
  });

  test('gets the same answer for as long as a code lives where that is final', async () => {
    const { service, weixin, clock } = serviceOver({ failure: blocked, codeSpent: 'yes' });
    expect(await service.login(request)).toEqual({ ok: false, failure: blocked });
    clock.advance(299_999);
    expect(await service.login(request)).toEqual({ ok: false, failure: blocked });
    expect(weixin.codes).toHaveLength(1);
  });
});

describe('a code whose exchange ended in a thrown error', () => {
  test.each([
    ['by Weixin', () => serviceOver(bug)],
    [
      'by the sessions',
      () => {
        const { ports, ...rest } = serviceOver();
        const sessions = failing(ports.sessions, 'create', bug);
        return { ...rest, service: new SessionService({ ...ports, weixin: rest.weixin, sessions }) };
      },
    ],
  ])('thrown %s is remembered as used for as long as a code lives', async (_, make) => {
    const { service, weixin, clock } = make();
    await expect(service.login(request)).rejects.toBe(bug);
    clock.advance(299_999);
    expect(await service.login(request)).toEqual({ ok: false, failure: alreadyUsed });
    expect(weixin.codes).toHaveLength(1);
  });

  test('is CODE_ALREADY_USED for the copies that were waiting, so that none is left hanging', async () => {
    const { service } = serviceOver(bug);
    const [first, copy] = await Promise.allSettled([service.login(request), service.login(request)]);
    expect(first).toEqual({ status: 'rejected', reason: bug });
    expect(copy).toEqual({ status: 'fulfilled', value: { ok: false, failure: alreadyUsed } });
  });

  test('is remembered as used where the store was lost after Weixin answered', async () => {
    const { ports, weixin } = serviceOver();
    const sessions = failing(ports.sessions, 'create', lost);
    await new SessionService({ ...ports, weixin, sessions }).login(request);
    expect(await new SessionService({ ...ports, weixin }).login(request)).toEqual({ ok: false, failure: alreadyUsed });
    expect(weixin.codes).toHaveLength(1);
  });

  test('is free again where Weixin refused the gateway itself, and the refusal is thrown on', async () => {
    const refusal = new WeixinRefusesUs('/sns/jscode2session', request.app.appId, 40125);
    const { service, weixin } = serviceOver(refusal);
    await expect(service.login(request)).rejects.toBe(refusal);
    expect(await service.login(request)).toMatchObject({ ok: true });
    expect(weixin.codes).toHaveLength(2);
  });
});

describe('what cannot be a code of wx.login', () => {
  test.each([
    ['nothing', ''],
    ['a space', 'a code'],
    ['a line break', 'code\n'],
    ['more than ASCII', 'códe'],
    ['257 characters', 'c'.repeat(257)],
  ])('%s is CODE_INVALID, and Weixin is not asked', async (_, code) => {
    const { service, weixin } = serviceOver();
    const failure = { code: 'CODE_INVALID', origin: 'WX_LOGIN' };
    expect(await service.login({ ...request, code })).toEqual({ ok: false, failure });
    expect(weixin.codes).toEqual([]);
  });

  test('256 characters may be one', async () => {
    const { service, weixin } = serviceOver();
    await service.login({ ...request, code: 'c'.repeat(256) });
    expect(weixin.codes).toEqual(['c'.repeat(256)]);
  });
});

describe('where LOGIN_REPLAY_SECONDS is 0', () => {
  test('a repeated code is CODE_ALREADY_USED at once', async () => {
    const ports = sessionPorts();
    const service = new SessionService({ ...ports, loginReplay: 0 });
    await tokenOf(service);
    expect(await service.login(request)).toEqual({ ok: false, failure: alreadyUsed });
    expect(ports.weixin.codes).toHaveLength(1);
  });
});

test('the store of kept answers holds neither the token nor the code', async () => {
  const ports = sessionPorts();
  const kept: string[] = [];
  const once: typeof ports.once = {
    claim: async (id) => {
      const claim = await ports.once.claim(id);
      kept.push(id);
      if (claim.state !== 'mine') return claim;
      const keep: typeof claim.keep = async (answer, ...times) => {
        kept.push(answer);
        return claim.keep(answer, ...times);
      };
      return { ...claim, keep };
    },
  };
  const token = await tokenOf(new SessionService({ ...ports, once }));
  expect(kept).toHaveLength(2);
  expect(kept.join()).not.toContain(token);
  expect(kept.join()).not.toContain(request.code);
});
