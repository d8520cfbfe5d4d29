import type { App } from '../../src/domain/app.js';
import type { Clock } from '../../src/domain/clock.js';
import { type ClientAddress, parseClientAddress } from '../../src/domain/client-address.js';
import { noMetrics, type RateLimitName } from '../../src/domain/metrics.js';
import { type Result, succeed } from '../../src/domain/result.js';
import { Secret } from '../../src/domain/secret.js';
import type { LoginRequest } from '../../src/sessions/login.js';
import type { SessionService, SessionServiceOptions } from '../../src/sessions/session-service.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import { MemoryLoginLimit } from '../../src/stores/memory/memory-login-limit.js';
import { MemoryRateLimit } from '../../src/stores/memory/memory-rate-limit.js';
import type { Code2SessionRefusal, WeixinApi, WeixinSession } from '../../src/weixin/weixin-api.js';
import { ManualClock } from './manual-clock.js';
import { memoryUsers } from './memory-users.js';
import { APP_ID, sessionKey, user } from './people.js';

const app: App = { appId: APP_ID, secret: new Secret('0123456789abcdef0123456789abcdef') };

export function clientAddress(text: string): ClientAddress {
  return parseClientAddress(text) as ClientAddress;
}

/** The request that alice's phone makes. */
export const request: LoginRequest = {
  app,
  code: 'code-of-alice',
  nonce: null,
  clientAddress: clientAddress('203.0.113.7'),
};

/** A Weixin that gives these answers, one a call, and throws those that are errors; alice, where none is left. */
export class ScriptedWeixin implements WeixinApi {
  readonly #answers: (Code2SessionRefusal | Error)[];
  /** The codes that reached it. */
  readonly codes: string[] = [];

  constructor(...answers: (Code2SessionRefusal | Error)[]) {
    this.#answers = answers;
  }

  async code2Session(_app: App, code: string): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    this.codes.push(code);
    const answer = this.#answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer !== undefined) return { ok: false, failure: answer };
    return succeed({ openId: user('alice').openId, unionId: null, sessionKey: sessionKey('alice') });
  }

  // A login asks for nothing else.
  exchangePhoneCode = () => Promise.reject(new Error('not scripted'));
  openCloudId = () => Promise.reject(new Error('not scripted'));
  isSessionKeyCurrent = () => Promise.reject(new Error('not scripted'));
  hasIssued = () => Promise.reject(new Error('not scripted'));
}

/** What a SessionService needs, in memory; to be replaced one by one. */
export function sessionPorts(): SessionServiceOptions & {
  readonly clock: ManualClock;
  readonly weixin: ScriptedWeixin;
} {
  const clock = new ManualClock();
  return {
    clock,
    weixin: new ScriptedWeixin(),
    ...memoryUsers(clock),
    once: new MemoryOnce({ clock, max: 100 }),
    limits: {
      login: loginLimit(clock, {}),
      weixinByUser: rateLimit(clock, 'weixin_by_user'),
    },
    metrics: noMetrics,
    loginReplay: 60_000,
    weixinTimeout: 2_500,
  };
}

/** A limit of so many logins in a minute. */
export function loginLimit(clock: Clock, { byAddress = 1000, byApp = 1000 }): MemoryLoginLimit {
  return new MemoryLoginLimit({ perAddress: byAddress, perApp: byApp, window: 60_000, clock, max: 100 });
}

/** A limit of so many requests in a minute. */
export function rateLimit(clock: Clock, name: RateLimitName, limit = 1000): MemoryRateLimit {
  return new MemoryRateLimit({ name, limit, window: 60_000, clock, max: 100 });
}

/** The token of a login that must succeed. */
export async function tokenOf(service: SessionService, of: LoginRequest = request): Promise<string> {
  const login = await service.login(of);
  if (!login.ok) throw new Error(`login failed: ${login.failure.code}`);
  return login.value.token;
}
