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
   * @param outcome its errcode, or `lost`
   */
  weixinCall(endpoint: string, outcome: string, seconds: number): void;

  /**
   * A document opened: under a key that was current, or under one that was superseded, which is the race, saved.
   *
   * @param age seconds since the gateway learned the key
   */
  documentOpened(key: 'current' | 'superseded', age: number): void;

  /** A try was refused because the failures of a session key were used up. */
  budgetSpent(): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  operation: () => undefined,
  weixinCall: () => undefined,
  documentOpened: () => undefined,
  budgetSpent: () => undefined,
};
