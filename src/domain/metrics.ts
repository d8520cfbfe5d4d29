import type { AppId } from './app.js';

/** Rate limits: login codes, calls to Weixin, decryptions and requests of back ends per minute. */
export type RateLimitName =
  'login_by_address' | 'login_by_app' | 'weixin_by_user' | 'decrypt_by_user' | 'backend_by_client';

/** What a back end was answered: what it asked for, or the code of an error. */
export type BackendOutcome =
  | 'active'
  | 'inactive'
  | 'signed'
  | 'sessions_ended'
  | 'no_session_key'
  | 'key_not_current'
  | 'invalid_client'
  | 'invalid_request'
  | 'rate_limited'
  | 'temporarily_unavailable'
  | 'server_error';

/**
 * Metrics for the operator. Label values come from the schema, Weixin's errcodes and the lists below, never from a
 * request: so none is a secret, and their number is bounded.
 */
export interface Metrics {
  /**
   * Records an answered operation.
   *
   * @param operation a root field, e.g. decryptPhone
   * @param result type of its answer; ERROR if it is no member of the union
   * @param code the ErrorCode of the answer; empty for a success
   * @param seconds duration of the operation
   */
  operation(operation: string, result: string, code: string, seconds: number): void;

  /**
   * Records a call to Weixin.
   *
   * @param endpoint the path
   * @param outcome the errcode; `unreadable` if the answer was not one of Weixin's API; `lost` if there was none
   */
  weixinCall(endpoint: string, outcome: string, seconds: number): void;

  /** Counts a call that was not made: the breaker is open, or too many calls are in flight. */
  weixinRefused(endpoint: string, cause: 'breaker' | 'in_flight'): void;

  /** Counts an errcode that only the operator can resolve. */
  weixinOperatorError(endpoint: string, errcode: number): void;

  /**
   * Records that a circuit breaker opened or closed again.
   *
   * @param app one of the configured apps; `other` for those beyond the number of named ones
   */
  weixinBreaker(app: string, endpoint: string, isOpen: boolean): void;

  /**
   * Counts a decrypted document. `superseded`: its key had been replaced, a refresh race that the key ring absorbs.
   *
   * @param age seconds since the gateway learned the key
   */
  documentOpened(key: 'current' | 'superseded', age: number): void;

  /** Counts a request rejected by this rate limit. */
  rateLimited(limit: RateLimitName): void;

  /** Counts a request rejected by load shedding. */
  shed(): void;

  /** Registers the source of the number of requests in flight, which is read at every scrape. */
  observeInFlight(count: () => number): void;

  /** Counts an attempt rejected because the failure budget of every session key was used up. */
  budgetSpent(): void;

  /**
   * A back end was answered.
   *
   * @param endpoint its path
   * @param client one of the configured ids; empty if the credentials were wrong
   */
  backendRequest(endpoint: string, client: string, outcome: BackendOutcome): void;

  /** Registers the source of the number of configured Mini Programs, which is read at every scrape. */
  observeApps(count: () => number): void;

  /** The gateway got an access token of this app, which is valid for so many seconds. Apps come from the configuration. */
  accessToken(appId: AppId, seconds: number): void;

  /**
   * Records a command that Redis answered, or whose connection was lost.
   *
   * @param command its name, with that of its script: `EVALSHA appendLogin`
   */
  redisCommand(command: string, seconds: number): void;

  /** Counts commands that failed for their caller; the kinds are those of RedisObserver. */
  redisFailed(kind: string): void;

  /** Counts a connection made to a server of Redis. */
  redisConnected(): void;

  /** Counts a read that a near copy may answer, and one of them that none did. */
  nearRead(): void;
  nearMiss(): void;

  /** Counts ended spans. */
  spans(outcome: 'exported' | 'lost', count: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  operation: () => undefined,
  weixinCall: () => undefined,
  weixinRefused: () => undefined,
  weixinOperatorError: () => undefined,
  weixinBreaker: () => undefined,
  documentOpened: () => undefined,
  rateLimited: () => undefined,
  shed: () => undefined,
  observeInFlight: () => undefined,
  budgetSpent: () => undefined,
  backendRequest: () => undefined,
  observeApps: () => undefined,
  accessToken: () => undefined,
  redisCommand: () => undefined,
  redisFailed: () => undefined,
  redisConnected: () => undefined,
  nearRead: () => undefined,
  nearMiss: () => undefined,
  spans: () => undefined,
};
