import type { App } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { Deadline } from '../domain/deadline.js';
import type { Result } from '../domain/result.js';
import type { TokenSource } from './credentials.js';
import { type IssuedToken, stableToken, stableTokenRequest } from './endpoints/stable-token.js';
import { type QuotaFailure, TokensUnusable } from './weixin-api.js';
import type { WeixinCalls } from './weixin-calls.js';

/** Access tokens from Weixin's stable_token, for the app's secret. */
export class StableTokens implements TokenSource {
  readonly name = stableToken.path;
  readonly canForce = true;
  readonly #calls: WeixinCalls;
  readonly #timeout: Milliseconds;

  /** @param timeout deadline for a token */
  constructor(calls: WeixinCalls, timeout: Milliseconds) {
    this.#calls = calls;
    this.#timeout = timeout;
  }

  async fetch({ appId, secret }: App, force: boolean): Promise<Result<IssuedToken, QuotaFailure>> {
    if (secret === undefined) throw new TokensUnusable('WEIXIN_TOKEN_URL', appId, 'unset, and the app has no secret');
    return this.#calls.make({
      endpoint: stableToken,
      appId,
      request: stableTokenRequest({ appId, secret }, force),
      deadline: new Deadline(this.#timeout),
    });
  }
}
