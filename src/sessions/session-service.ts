import { fingerprint } from '../crypto/fingerprint.js';
import { newToken, parseToken, tokenHash } from '../crypto/token.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { KeyRingStore } from '../stores/key-ring-store.js';
import type { Once, Settlement } from '../stores/once.js';
import type { SessionStore } from '../stores/session-store.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import { type WeixinApi, WeixinRefusesUs, type WeixinSession } from '../weixin/weixin-api.js';
import { learn } from './key-ring.js';
import { keptFailure, keptLogin, recall } from './kept-login.js';
import type { Login, LoginFailure, LoginRequest } from './login.js';

/** How long a code is remembered as used: a code lives five minutes at Weixin. */
const CODE_USED_FOR: Milliseconds = 300_000;

/** What Weixin may hand out as a code: printable and short; anything else is refused without asking. */
const CODE = /^[\x21-\x7e]{1,256}$/;

export interface SessionServiceOptions {
  readonly weixin: WeixinApi;
  readonly sessions: SessionStore;
  readonly rings: KeyRingStore;
  readonly once: Once;
  readonly clock: Clock;
  /** How long a repeated code gives the same session again; 0: never. */
  readonly loginReplay: Milliseconds;
}

/** Logs users in and out, and tells who is logged in. */
export class SessionService {
  readonly #options: SessionServiceOptions;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  /**
   * A session for a code. One code reaches Weixin once: copies at the same time share the answer, and a copy within the
   * replay time gets the same session again, unless it was revoked or the nonce is another one.
   */
  async login(request: LoginRequest): Promise<Result<Login, LoginFailure>> {
    if (!CODE.test(request.code)) return fail({ code: 'CODE_INVALID', origin: 'WX_LOGIN' });
    return orUnavailable(async () => {
      const claim = await this.#options.once.claim(fingerprint('login-code', request.app.appId, request.code));
      switch (claim.state) {
        case 'mine':
          return this.#exchange(request, claim);
        case 'answered':
          return this.#repeat(request, claim.answer);
        case 'used':
          return fail({ code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' });
      }
    });
  }

  /** The session of this token: every token that is not a live session's, whatever it is, fails alike. */
  async authenticate(
    token: string | undefined,
  ): Promise<Result<Session, FailureOf<'NOT_LOGGED_IN' | 'SERVICE_UNAVAILABLE'>>> {
    const parsed = token === undefined ? undefined : parseToken(token);
    if (parsed === undefined) return fail({ code: 'NOT_LOGGED_IN' });
    return orUnavailable(async () => {
      const session = await this.#options.sessions.find(tokenHash(parsed));
      return session === undefined ? fail({ code: 'NOT_LOGGED_IN' }) : succeed(session);
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
      if (!everywhere) return succeed(await this.#options.sessions.revoke(tokenHash(parsed)));
      const session = await this.#options.sessions.find(tokenHash(parsed));
      return succeed(session === undefined ? 0 : await this.#options.sessions.revokeAll(session));
    });
  }

  /** Asks Weixin, and settles the claim whatever comes of it. */
  async #exchange(request: LoginRequest, claim: Settlement): Promise<Result<Login, LoginFailure>> {
    try {
      const askedAt = this.#options.clock.now();
      const exchanged = await this.#options.weixin.code2Session(request.app, request.code);
      const learnedAt = this.#options.clock.now();
      if (exchanged.ok) {
        const { openId, sessionKey } = exchanged.value;
        await this.#options.rings.update({ appId: request.app.appId, openId }, (ring) =>
          learn(ring, sessionKey, askedAt, learnedAt),
        );
        return succeed(await this.#begin(request, exchanged.value, claim));
      }
      const { failure, codeSpent } = exchanged.failure;
      if (codeSpent === 'no') await claim.release(keptFailure(failure));
      else await claim.keep(keptFailure(failure), codeSpent === 'yes' ? CODE_USED_FOR : 0, CODE_USED_FOR);
      return fail(failure);
    } catch (error) {
      const kept = keptFailure({ code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' });
      if (error instanceof WeixinRefusesUs) await claim.release(kept);
      else await claim.keep(kept, 0, CODE_USED_FOR);
      throw error;
    }
  }

  async #begin(request: LoginRequest, user: WeixinSession, claim: Settlement): Promise<Login> {
    const token = newToken();
    const session = await this.#options.sessions.create(tokenHash(token), {
      appId: request.app.appId,
      openId: user.openId,
      unionId: user.unionId,
    });
    const { loginReplay } = this.#options;
    await claim.keep(
      loginReplay > 0 ? keptLogin(request, token) : keptFailure({ code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }),
      loginReplay,
      CODE_USED_FOR,
    );
    return { token, session };
  }

  async #repeat(request: LoginRequest, kept: string): Promise<Result<Login, LoginFailure>> {
    const recalled = recall(request, kept);
    if (!recalled.ok) return recalled;
    const session = await this.#options.sessions.find(tokenHash(recalled.value));
    return session === undefined
      ? fail({ code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' })
      : succeed({ token: recalled.value, session });
  }
}
