import type { Fingerprint } from '../crypto/fingerprint.js';
import { parseToken } from '../crypto/token.js';
import type { User } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import { Deadline } from '../domain/deadline.js';
import type { FailureOf } from '../domain/failure.js';
import type { Metrics } from '../domain/metrics.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { KeyRingStore } from '../stores/key-ring-store.js';
import type { LoginLimit } from '../stores/login-limit.js';
import type { Once } from '../stores/once.js';
import type { RateLimit } from '../stores/rate-limit.js';
import type { SessionStore } from '../stores/session-store.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import type { Code2SessionRefusal, QuotaFailure, WeixinApi } from '../weixin/weixin-api.js';
import { AdmissionInAdvance } from './admission.js';
import { isCurrentKey } from './current-key.js';
import type { Login, LoginFailure, LoginRequest } from './login.js';
import { redeemOnce } from './single-use-code.js';

export interface SessionServiceOptions {
  readonly weixin: WeixinApi;
  readonly sessions: SessionStore;
  readonly rings: KeyRingStore;
  readonly once: Once;
  readonly limits: {
    readonly login: LoginLimit;
    readonly weixinByUser: RateLimit;
  };
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** How long a repeated code gives the same session again; 0: never. */
  readonly loginReplay: Milliseconds;
  /** For all that one request waits for at Weixin, copies of it that others sent included. */
  readonly weixinTimeout: Milliseconds;
}

/** Logs users in and out, and tells who is logged in. */
export class SessionService {
  readonly #options: SessionServiceOptions;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  /**
   * A session for a code. One code reaches Weixin once: copies at the same time share the answer, and a copy within the
   * replay time gets the same session again, unless it was revoked or the nonce is another one. Only a code that goes to
   * Weixin counts against the limits, and one that they refuse is not used up: sent again later, it logs in.
   */
  async login(request: LoginRequest): Promise<Result<Login, LoginFailure>> {
    const { app, code, nonce, clientAddress } = request;
    const { sessions, once, limits, metrics, loginReplay, weixinTimeout } = this.#options;
    const deadline = new Deadline(weixinTimeout);
    const admission = new AdmissionInAdvance(() => limits.login.count(clientAddress, app.appId), metrics);
    return orUnavailable(() =>
      redeemOnce<Login, LoginFailure>(once, deadline, {
        origin: 'WX_LOGIN',
        appId: app.appId,
        code,
        boundTo: nonce,
        isBoundByWeixin: false,
        replay: loginReplay,
        inAdvance: admission,
        redeem: (id) => this.#exchange(request, id, admission, deadline),
        write: (login) => sessions.note(login),
        read: (note) => sessions.recall(note),
      }),
    );
  }

  /** The session of this token: every token that is not a live session's, whatever it is, fails alike. */
  async authenticate(
    token: string | undefined,
  ): Promise<Result<Session, FailureOf<'NOT_LOGGED_IN' | 'SERVICE_UNAVAILABLE'>>> {
    const parsed = token === undefined ? undefined : parseToken(token);
    if (parsed === undefined) return fail({ code: 'NOT_LOGGED_IN' });
    return orUnavailable(async () => {
      const session = await this.#options.sessions.find(parsed);
      return session === undefined ? fail({ code: 'NOT_LOGGED_IN' }) : succeed(session);
    });
  }

  /** Whether the newest session key on file is still the user's at Weixin; no key on file is not. */
  async isKeyCurrent(session: Session): Promise<Result<boolean, QuotaFailure>> {
    const { rings, weixinTimeout } = this.#options;
    const deadline = new Deadline(weixinTimeout);
    return orUnavailable(async () => {
      const [newest] = await rings.find(session);
      return newest === undefined ? succeed(false) : isCurrentKey(this.#options, session, newest.key, deadline);
    });
  }

  /** Ends the session of this token, or every session of its user, and tells how many ended. */
  async logout(
    token: string | undefined,
    everywhere: boolean,
  ): Promise<Result<number, FailureOf<'SERVICE_UNAVAILABLE'>>> {
    const parsed = token === undefined ? undefined : parseToken(token);
    if (parsed === undefined) return succeed(0);
    return orUnavailable(async () => {
      if (!everywhere) return succeed(await this.#options.sessions.revoke(parsed));
      const session = await this.#options.sessions.find(parsed);
      return succeed(session === undefined ? 0 : await this.#options.sessions.revokeAll(session, parsed));
    });
  }

  /** Ends every session of a user, on the word of a back end, and tells how many ended. */
  endSessions(user: User): Promise<Result<number, FailureOf<'SERVICE_UNAVAILABLE'>>> {
    return orUnavailable(async () => succeed(await this.#options.sessions.revokeAll(user)));
  }

  /** The session is on record before its answer is kept: nobody is told of one that logout everywhere would miss. */
  async #exchange(
    { app, code }: LoginRequest,
    id: Fingerprint,
    admission: AdmissionInAdvance,
    deadline: Deadline,
  ): Promise<Result<Login, Code2SessionRefusal>> {
    const { weixin, sessions, clock, loginReplay } = this.#options;
    const admitted = await admission.admit();
    if (!admitted.ok) return fail({ failure: admitted.failure, codeSpent: 'no' });
    const askedAt = clock.now();
    const exchanged = await weixin.code2Session(app, code, deadline);
    const learnedAt = clock.now();
    if (!exchanged.ok) return exchanged;

    const { openId, unionId, sessionKey } = exchanged.value;
    const user = { appId: app.appId, openId, unionId };
    return succeed(
      await sessions.create(user, { key: sessionKey, askedAt, learnedAt }, loginReplay > 0 ? id : undefined),
    );
  }
}
