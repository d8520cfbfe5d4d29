/** What a limit counts by: login codes, calls of Weixin and decryptions, in a minute. */
export type RateLimitName = 'login_by_address' | 'login_by_app' | 'weixin_by_user' | 'decrypt_by_user';

/**
 * What is counted for the operator. Labels come from the schema, from Weixin's errcodes and from the lists below: never
 * from a request, so that no label holds a secret and their number has a bound.
 */
export interface Metrics {
  /**
   * An operation was answered.
   *
   * @param operation a root field, e.g. decryptPhone
   * @param result the type of its answer; ERROR where it was none of the union
   * @param code the ErrorCode of the answer; empty for a success
   * @param seconds how long it took
   */
  operation(operation: string, result: string, code: string, seconds: number): void;

  /**
   * Weixin was asked.
   *
   * @param endpoint the path
   * @param outcome its errcode; `unreadable` if a server answered, but not as Weixin does; `lost` if none did
   */
  weixinCall(endpoint: string, outcome: string, seconds: number): void;

  /** Weixin was not asked: its breaker is open, or too many calls are in flight. */
  weixinRefused(endpoint: string, cause: 'breaker' | 'in_flight'): void;

  /** Weixin refused the gateway itself, with an errcode that only the operator can do something about. */
  weixinOperatorError(endpoint: string, errcode: number): void;

  /** The breaker of this app's calls of this endpoint opened or closed. Apps are those of the configuration. */
  weixinBreaker(appId: string, endpoint: string, isOpen: boolean): void;

  /**
   * A document opened: under a key that was current, or under one that was superseded, which is the race, saved.
   *
   * @param age seconds since the gateway learned the key
   */
  documentOpened(key: 'current' | 'superseded', age: number): void;

  /** A request was refused because its subject had used up this limit. */
  rateLimited(limit: RateLimitName): void;

  /** A request was refused before anything was done for it, because the gateway had more than it can do. */
  shed(): void;

  /** Tells where to read the number of requests in flight; it is read at every scrape. */
  observeInFlight(count: () => number): void;

  /** A try was refused because the failures of a session key were used up. */
  budgetSpent(): void;
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
};
