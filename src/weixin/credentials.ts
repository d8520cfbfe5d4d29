import type { App } from '../domain/app.js';
import type { Result } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import type { QuotaFailure } from './weixin-api.js';

export type TokenResult = Result<Secret, QuotaFailure>;

/** The tokens that a kind of calls carries, and the parameter of the query in which Weixin wants them. */
export interface Credentials {
  readonly parameter: 'access_token' | 'component_access_token' | 'cloudbase_access_token';

  /**
   * Returns a valid token.
   *
   * @throws OperatorError
   */
  get(app: App): Promise<TokenResult>;

  /**
   * Replaces a token that Weixin has just rejected; undefined if no other token is available.
   *
   * @throws OperatorError
   */
  replace(app: App, rejected: Secret): Promise<TokenResult | undefined>;
}

/** Where access tokens are issued. */
export interface TokenSource {
  /** Its name for the log: a path of Weixin's, or the variable with its URL. */
  readonly name: string;
  /** Whether a token can be invalidated in favour of a new one. */
  readonly canForce: boolean;

  /**
   * Fetches a token.
   *
   * @param force invalidates the current token and issues a new one
   * @throws OperatorError
   */
  fetch(app: App, force: boolean): Promise<Result<IssuedToken, QuotaFailure>>;
}
