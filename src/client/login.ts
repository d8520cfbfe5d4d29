import { askWx, type Patience } from './ask-wx.js';
import type { Call } from './call.js';
import { textOf } from './foreign-value.js';
import { operations } from './generated/mini-program.js';
import type { LoginFailure, LoginResult } from './results.js';
import type { Answer } from './timing.js';
import type { Wx } from './wx.js';

export interface Login {
  /** The session's token; empty where there is none. */
  token(): string;
  /** Forgets the token. */
  forget(): void;
  /** Logs in; callers meanwhile get the same answer. */
  readonly logIn: () => Promise<LoginResult>;
  /** The login under way, if there is one. */
  underWay(): Promise<LoginResult> | undefined;
  /**
   * Sends as the user: after a login where there is no token yet, and after another one where the answer asks for that.
   * `again` tells that there was another login, so that asking for one more is of no use.
   */
  asUser<T extends Answer>(send: (token: string, again: boolean) => Promise<T>): Promise<T | LoginFailure>;
}

export interface LoginSettings {
  readonly wx: Wx;
  /** The gateway's. */
  readonly url: string;
  readonly appId: string | undefined;
  readonly patience: Patience;
}

export function createLogin({ wx, url, appId, patience }: LoginSettings, call: Call): Login {
  const key = `weixin-phone-gateway:${url}:${appId || ''}`;
  let token = readToken();
  /**
   * A code that no answer has come to yet. It goes out again before a new one is asked for: the gateway gives the same
   * session for it, and learns the key of a tap made since, which a newer code would not bring. There is no nonce: it
   * would travel beside the code, and be seen by those who see that.
   */
  let code = '';
  let running: Promise<LoginResult> | undefined;

  /** A storage that is full or broken does no harm: the next start of the Mini Program logs in again. */
  function readToken(): string {
    try {
      const kept = wx.getStorageSync(key);
      return typeof kept === 'string' ? kept : '';
    } catch {
      return '';
    }
  }

  function keep(value: string): void {
    token = value;
    try {
      wx.setStorageSync(key, value);
    } catch {
      // As above.
    }
  }

  async function sendCode(): Promise<LoginResult> {
    if (!code) {
      const outcome = await askWx(patience, ({ success, fail }) =>
        wx.login({ timeout: patience.timeoutMs, success, fail }),
      );
      code = outcome.ok ? textOf(outcome.value, 'code') : '';
      if (!code) return wxLoginFailed(outcome.ok ? '' : outcome.errMsg);
    }
    const result: LoginResult = await call(operations.login, { input: appId ? { code, appId } : { code } }, '');
    if (result.__typename === 'LoginSuccess') keep(result.token);
    else if (result.remedy === 'RETRY_LATER') return result;
    code = '';
    return result;
  }

  async function logIn(): Promise<LoginResult> {
    const result = await sendCode();
    // The code was too old, or spent with an answer that was lost.
    return result.__typename === 'InvalidCodeError' ? sendCode() : result;
  }

  const login: Login = {
    token: () => token,
    forget: () => keep(''),
    underWay: () => running,
    logIn: () => {
      running =
        running ||
        logIn().then((result) => {
          running = undefined;
          return result;
        });
      return running;
    },
    async asUser(send) {
      const first = token && !running ? undefined : await login.logIn();
      if (!token) return first as LoginFailure;
      const used = token;
      const answer = await send(used, false);
      if (answer.remedy !== 'LOGIN_AND_RESEND') return answer;
      if (answer.code === 'NOT_LOGGED_IN' && token === used) login.forget();
      // Another call may have logged in while this one was on its way.
      const second = (token === used || !token) && (await login.logIn());
      return second && second.__typename !== 'LoginSuccess' ? second : send(token, true);
    },
  };
  return login;
}

function wxLoginFailed(errMsg: string): LoginFailure {
  return {
    __typename: 'WxLoginFailed',
    code: 'WX_LOGIN_FAILED',
    message: errMsg || 'wx.login gave no code.',
    remedy: 'RETRY_LATER',
    retryAfterSeconds: 1,
  };
}
