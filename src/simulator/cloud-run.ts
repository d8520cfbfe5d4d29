import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import { weixinError, type WeixinError } from './weixin-error.js';

/** A token of Cloud Run lives for half an hour; the platform writes a new one every 10 minutes. */
const TOKEN_LIFE: Milliseconds = 1_800_000;
const MAX_TOKENS = 1_000;

/** Weixin Cloud Run: tokens that its platform writes into a file for a Mini Program's service. */
export class CloudRun {
  readonly #clock: Clock;
  readonly #tokens = new LRUCache<string, { readonly appId: string; readonly endsAt: Instant }>({ max: MAX_TOKENS });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new cloudbase_access_token, as the platform writes it into the file. */
  issue(appId: string): string {
    const token = randomBytes(96).toString('base64url');
    this.#tokens.set(token, { appId, endsAt: this.#clock.now() + TOKEN_LIFE });
    return token;
  }

  /** The app that a token belongs to, or Weixin's error for an invalid token. */
  appOf(text: string): string | WeixinError {
    const token = this.#tokens.get(text);
    if (token === undefined) return weixinError(40001, 'invalid credential, cloudbase_access_token is invalid');
    return this.#clock.now() < token.endsAt ? token.appId : weixinError(42001, 'cloudbase_access_token expired');
  }
}
