import type { FailureOf } from '../../domain/failure.js';

/** What one endpoint of Weixin's server API takes as an answer, and as a refusal. */
export interface Endpoint<T, R> {
  /** Its path, without a query: safe to log. */
  readonly path: string;
  /** What its errcodes say of the user's request; those that speak of this gateway are in `OURS` or in `ours`. */
  readonly refusals: ReadonlyMap<number, R>;
  /** Errcodes that are an answer, and no failure. */
  readonly answers?: ReadonlyMap<number, T>;
  /** Errcodes beside `OURS` that speak of this gateway at this endpoint. */
  readonly ours?: ReadonlySet<number>;
  /** The answer, or undefined where a field is missing or is not what Weixin documents. */
  parse(body: Readonly<Record<string, unknown>>): T | undefined;
  /**
   * The refusal where no usable answer came.
   *
   * @param sent whether Weixin may have acted on the request
   */
  unusable(sent: boolean): R;
}

/** Weixin is busy: the one errcode after which a call is repeated. */
export const SYSTEM_BUSY = -1;

/** 45011 is a quota by the minute. */
const MINUTE_QUOTA_RETRY_SECONDS = 60;
/** 45009 is a quota by the day; an hour keeps clients from asking all day long. */
const DAILY_QUOTA_RETRY_SECONDS = 3600;

export const minuteQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: MINUTE_QUOTA_RETRY_SECONDS,
};

export const dailyQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: DAILY_QUOTA_RETRY_SECONDS,
};

/**
 * Errcodes that speak of this gateway, not of a user: 40013 appid, 40125 secret, 40243 secret frozen, 40164 address not on
 * the allow list, 41001, 41002, 41004 and 41008 a parameter is missing, 47001 a body that is no JSON.
 * Source: developers.weixin.qq.com, "Global return codes".
 */
export const OURS: ReadonlySet<number> = new Set([40013, 40125, 40243, 40164, 41001, 41002, 41004, 41008, 47001]);

/** The access token is no longer good: 40001 and 40014 not a token, 42001 expired. A new one is fetched, once. */
export const TOKEN_REJECTED: ReadonlySet<number> = new Set([40001, 40014, 42001]);
