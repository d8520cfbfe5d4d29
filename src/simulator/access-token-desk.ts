import { randomBytes } from 'node:crypto';
import type { AppWithSecret } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import { weixinError, type WeixinError } from './weixin-error.js';

const TOKEN_LIFE: Milliseconds = 7_200_000;
/** In its last five minutes a token has a successor, and both work. */
const SUCCESSOR_BEFORE_END: Milliseconds = 300_000;
const CALLS_A_MINUTE = 10_000;
const FORCED_A_DAY = 20;
const FORCED_APART: Milliseconds = 30_000;
const DAY: Milliseconds = 86_400_000;

interface AccessToken {
  readonly text: string;
  readonly appId: string;
  readonly endsAt: Instant;
}

interface Ledger {
  tokens: AccessToken[];
  calls: Instant[];
  forced: Instant[];
}

/** The answer that has an access token. */
export interface IssuedToken {
  readonly access_token: string;
  readonly expires_in: number;
}

/** Issues access tokens as Weixin's stable_token does, and finds the app of a token. */
export class AccessTokenDesk {
  readonly #apps: readonly AppWithSecret[];
  readonly #clock: Clock;
  readonly #ledgers = new Map<string, Ledger>();

  constructor(apps: readonly AppWithSecret[], clock: Clock) {
    this.#apps = apps;
    this.#clock = clock;
  }

  /** The answer of `/cgi-bin/stable_token`. */
  issue(appId: unknown, secret: unknown, force: boolean): IssuedToken | WeixinError {
    const app = this.#apps.find((known) => known.appId === appId);
    if (app === undefined) return weixinError(40013, 'invalid appid');
    if (app.secret.reveal() !== secret) return weixinError(40001, 'invalid credential');
    const now = this.#clock.now();
    const ledger = this.#ledger(app.appId);
    ledger.calls = [...ledger.calls.filter((at) => now - at < 60_000), now];
    if (ledger.calls.length > CALLS_A_MINUTE) return weixinError(45011, 'api minute-quota reach limit');
    const refused = force ? this.#force(ledger, now) : undefined;
    if (refused !== undefined) return refused;

    return this.current(app.appId);
  }

  /** The newest token, or a new one if it is about to end. */
  current(appId: string): IssuedToken {
    const now = this.#clock.now();
    const ledger = this.#ledger(appId);
    ledger.tokens = ledger.tokens.filter((token) => now < token.endsAt);
    const newest = ledger.tokens.at(-1);
    const token = newest && newest.endsAt - now > SUCCESSOR_BEFORE_END ? newest : this.#new(appId, ledger, now);
    return { access_token: token.text, expires_in: Math.floor((token.endsAt - now) / 1000) };
  }

  /** The app that a token belongs to, or Weixin's error for an invalid token. */
  appOf(text: string | undefined): string | WeixinError {
    if (!text) return weixinError(41001, 'access_token missing');
    for (const { tokens } of this.#ledgers.values()) {
      const token = tokens.find((known) => known.text === text);
      if (token === undefined) continue;
      return this.#clock.now() < token.endsAt ? token.appId : weixinError(42001, 'access_token expired');
    }
    return weixinError(40001, 'invalid credential, access_token is invalid or not latest');
  }

  /** Invalidates every token, as a call of Weixin's older token API does. */
  rejectAll(): void {
    for (const ledger of this.#ledgers.values()) ledger.tokens = [];
  }

  #force(ledger: Ledger, now: Instant): WeixinError | undefined {
    ledger.forced = ledger.forced.filter((at) => now - at < DAY);
    if (ledger.forced.length >= FORCED_A_DAY) return weixinError(45009, 'reach max api daily quota limit');
    const last = ledger.forced.at(-1);
    if (last !== undefined && now - last < FORCED_APART) return undefined;
    ledger.forced.push(now);
    ledger.tokens = [];
    return undefined;
  }

  #new(appId: string, ledger: Ledger, now: Instant): AccessToken {
    const token = { text: randomBytes(96).toString('base64url'), appId, endsAt: now + TOKEN_LIFE };
    ledger.tokens.push(token);
    return token;
  }

  #ledger(appId: string): Ledger {
    const ledger = this.#ledgers.get(appId) ?? { tokens: [], calls: [], forced: [] };
    this.#ledgers.set(appId, ledger);
    return ledger;
  }
}
