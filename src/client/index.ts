import { askWx } from './ask-wx.js';
import { createCall } from './call.js';
import { member } from './foreign-value.js';
import { operations } from './generated/mini-program.js';
import { createLogin } from './login.js';
import { tryWays } from './phone-number.js';
import { createProofs } from './proof.js';
import type {
  CheckSessionResult,
  LoginResult,
  LogoutResult,
  PhoneResult,
  PrepareResult,
  ProofResult,
  SessionResult,
} from './results.js';
import { type PhoneWay, readTap, type TapEvent } from './tap.js';
import { type Answer, type Milliseconds, repeatOnce, systemTimer, type Timer } from './timing.js';
import type { Wx } from './wx.js';

export type { ErrorCode, Remedy } from './generated/mini-program.js';
export type * from './results.js';
export type { PhoneWay, TapEvent, Timer, Wx };
export type { WxAnswer, WxFailure, WxRequest } from './wx.js';

export interface GatewayClientOptions {
  /** The global `wx`; in Taro `Taro`, in uni-app `uni`. */
  readonly wx: Wx;
  /** The gateway's GraphQL endpoint; in a published Mini Program https, and its host on the app's list of servers. */
  readonly url: string;
  /** Which Mini Program this is; may be left out where the gateway serves just one. */
  readonly appId?: string;
  /** Which way to a number to try first; the ways that are not named follow. By default code, encryptedData, cloudID. */
  readonly prefer?: readonly PhoneWay[];
  /** How long one request, one wx.login or one wx.checkSession may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
  /** For tests. */
  readonly timer?: Timer;
}

/**
 * The gateway for a Mini Program. No call rejects: what may go wrong is a member of its result, told apart by `__typename`,
 * and its `remedy` tells what the page does. By itself the client logs in where that is needed, logs in again and sends
 * once more where that helps, and repeats once, within 5 s, what helps later.
 */
export interface GatewayClient {
  /** For onLoad or onShow of a page with the button: sees to a session and a session key before the tap. */
  prepare(): Promise<PrepareResult>;
  /** The number of a tap: hand over the button's event as it is. */
  getPhoneNumber(event: TapEvent): Promise<PhoneResult>;
  /** Logs in, whether there is a session or not. */
  login(): Promise<LoginResult>;
  /** Who is logged in. */
  session(): Promise<SessionResult>;
  /**
   * A proof of who is logged in, for your own back end, which verifies it without the gateway. It is kept until shortly
   * before its end, so ask for it before each request.
   */
  proof(): Promise<ProofResult>;
  /**
   * The session's token, for your own back end if that asks the gateway (introspection); empty if there is no session.
   * Asks nobody and never logs in.
   */
  token(): string;
  /** Asks the gateway, which asks Weixin, whether the session key on file is still the user's. */
  checkSession(): Promise<CheckSessionResult>;
  /**
   * Whether there is a session to ask with. Asks nobody and never logs in, for a page that shows "log in" or not. The
   * gateway may have ended the session since: the next call finds out, and logs in again.
   */
  hasSession(): boolean;
  /** Ends this session, or every session of the user in this Mini Program. Where it fails, the session stays. */
  logout(options?: { readonly everywhere?: boolean }): Promise<LogoutResult>;
}

export function createGatewayClient({
  wx,
  url,
  appId,
  prefer = [],
  timeoutMs = 10_000,
  timer = systemTimer,
}: GatewayClientOptions): GatewayClient {
  const patience = { timer, timeoutMs };
  const call = createCall(wx, url, patience);
  const login = createLogin({ wx, url, appId, patience }, call);
  const logIn = () => repeatOnce(timer, login.logIn);
  const asUser = <T extends Answer>(send: (token: string, again: boolean) => Promise<T>) =>
    repeatOnce(timer, () => login.asUser(send));

  /** No answer counts as no: a login too many does no harm, since the gateway keeps the key before. */
  const isKeyGood = async () => (await askWx(patience, (callbacks) => wx.checkSession(callbacks))).ok;

  return {
    login: logIn,
    async prepare() {
      const result = login.token() && (await isKeyGood()) ? undefined : await logIn();
      return result && result.__typename !== 'LoginSuccess' ? result : { __typename: 'Prepared' };
    },
    async getPhoneNumber(event) {
      const ways = readTap(event, prefer);
      return Array.isArray(ways) ? asUser((token, again) => tryWays(ways, call, token, again)) : ways;
    },
    session: () => asUser((token) => call(operations.session, {}, token)),
    proof: createProofs(
      timer,
      () => login.token(),
      (used) =>
        asUser((token) => {
          used(token);
          return call(operations.proof, {}, token);
        }),
    ),
    token: () => login.token(),
    checkSession: () => asUser((token) => call(operations.checkSession, {}, token)),
    hasSession: () => !!login.token(),
    async logout(options) {
      await login.underWay();
      const input = { everywhere: member(options, 'everywhere') === true };
      const result = await repeatOnce<LogoutResult>(timer, () => call(operations.logout, { input }, login.token()));
      if (result.__typename === 'LogoutSuccess') login.forget();
      return result;
    },
  };
}
