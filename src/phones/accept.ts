import type { Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneDocument, PhoneNumber, PhoneSource } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { PlannedNumber } from './numbering-plan.js';

export interface AcceptanceRules {
  /** Older watermarks are refused. */
  readonly maxAge: Milliseconds;
  /** How far ahead of our clock a watermark may be. */
  readonly skew: Milliseconds;
}

export type WatermarkFailure = FailureOf<'APP_ID_MISMATCH' | 'TOO_OLD' | 'IN_THE_FUTURE'>;

/** A phone document, its number by the numbering plan, and how it came. */
export interface Arrival {
  readonly document: PhoneDocument;
  readonly number: PlannedNumber;
  readonly source: PhoneSource;
  /** Whether the way it came ties the number to the session's user. */
  readonly ownerChecked: boolean;
}

/**
 * The one way out for every phone document, whichever way it came in: issued for this Mini Program, and lately.
 * Source: developers.weixin.qq.com, "watermark" of open data: the app and the time are there to be checked.
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
  // Member by member: in V8 a spread with further members behind it takes as long as the decryption.
  return succeed({ phoneNumber, purePhoneNumber, countryCode, watermark, e164, source, owner });
}
