import type { Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneDocument, PhoneNumber, PhoneSource } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { PlannedNumber } from './numbering-plan.js';

export interface AcceptanceRules {
  /** Maximum age of a watermark. */
  readonly maxAge: Milliseconds;
  /** How far ahead of the gateway's clock a watermark may be. */
  readonly skew: Milliseconds;
}

export type WatermarkFailure = FailureOf<'APP_ID_MISMATCH' | 'TOO_OLD' | 'IN_THE_FUTURE'>;

/** A phone document, its number by the numbering plan, and its source. */
export interface Arrival {
  readonly document: PhoneDocument;
  readonly number: PlannedNumber;
  readonly source: PhoneSource;
  /** Whether the source ties the number to the session's user. */
  readonly ownerChecked: boolean;
}

/**
 * Checks the watermark of a phone document: issued for this Mini Program, and recently. Documents of every source pass
 * here.
 * Source: developers.weixin.qq.com, "watermark" of open data.
 */
export function accept(
  { document, number, source, ownerChecked }: Arrival,
  { appId, openId }: Session,
  now: Instant,
  { maxAge, skew }: AcceptanceRules,
): Result<PhoneNumber, WatermarkFailure> {
  const { phoneNumber, countryCode, watermark } = document;
  const { e164, purePhoneNumber } = number;
  const issuedAt = watermark.timestamp * 1000;
  if (watermark.appId !== appId) return fail({ code: 'APP_ID_MISMATCH' });
  if (issuedAt > now + skew) return fail({ code: 'IN_THE_FUTURE' });
  if (issuedAt < now - maxAge) return fail({ code: 'TOO_OLD' });
  const owner = ownerChecked ? { appId, openId } : null;
  // Member by member, because in V8 a spread with further members behind it is much slower.
  return succeed({ phoneNumber, purePhoneNumber, countryCode, watermark, e164, source, owner });
}
