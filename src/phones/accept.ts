import type { AppId } from '../domain/app.js';
import type { Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneDocument, PhoneNumber } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';

export interface AcceptanceRules {
  /** A watermark older than that is refused. */
  readonly maxAge: Milliseconds;
  /** How far ahead of our clock a watermark may be. */
  readonly skew: Milliseconds;
}

export type WatermarkFailure = FailureOf<'APP_ID_MISMATCH' | 'TOO_OLD' | 'IN_THE_FUTURE'>;

/**
 * The one way out for every phone document, whichever way it came in: issued for this Mini Program, lately, and with the
 * number in E.164.
 * Source: developers.weixin.qq.com, "watermark" of open data: the app and the time are there to be checked.
 */
export function accept(
  document: PhoneDocument,
  appId: AppId,
  now: Instant,
  { maxAge, skew }: AcceptanceRules,
): Result<PhoneNumber, WatermarkFailure> {
  const issuedAt = document.watermark.timestamp * 1000;
  if (document.watermark.appId !== appId) return fail({ code: 'APP_ID_MISMATCH' });
  if (issuedAt > now + skew) return fail({ code: 'IN_THE_FUTURE' });
  if (issuedAt < now - maxAge) return fail({ code: 'TOO_OLD' });
  return succeed({ ...document, e164: `+${document.countryCode}${document.purePhoneNumber}` });
}
