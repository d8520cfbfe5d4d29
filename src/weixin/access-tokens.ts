import { LRUCache } from 'lru-cache';
import type { App, AppId } from '../domain/app.js';
import type { Secret } from '../domain/secret.js';
import { AppToken, type AppTokenOptions } from './app-token.js';
import type { Credentials, TokenResult } from './credentials.js';

/** Apps whose tokens are held; the least recently used is fetched again. */
const MAX_HELD = 10_000;

export interface AccessTokensOptions extends AppTokenOptions {
  readonly parameter: Credentials['parameter'];
}

/** Access tokens of Weixin's server API, one for each app. */
export class AccessTokens implements Credentials {
  readonly #options: AccessTokensOptions;
  readonly #tokens = new LRUCache<AppId, AppToken>({ max: MAX_HELD });

  constructor(options: AccessTokensOptions) {
    this.#options = options;
  }

  get parameter(): Credentials['parameter'] {
    return this.#options.parameter;
  }

  get(app: App): Promise<TokenResult> {
    return this.#of(app).get(app);
  }

  replace(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    return this.#of(app).replace(app, rejected);
  }

  #of({ appId }: App): AppToken {
    const known = this.#tokens.get(appId);
    if (known !== undefined) return known;
    const token = new AppToken(this.#options);
    this.#tokens.set(appId, token);
    return token;
  }
}
