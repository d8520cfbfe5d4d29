import type { Call } from './call.js';
import { member, textOf } from './foreign-value.js';
import { operations } from './generated/mini-program.js';
import { refusal } from './refusal.js';
import type { CallFailure, PhoneAnswer, TapRefused } from './results.js';

/** The event of `<button open-type="getPhoneNumber">`, or its `detail`, which Skyline is reported to nest once more. */
export interface TapEvent {
  readonly detail?: TapEvent | undefined;
  readonly errMsg?: string | undefined;
  readonly errno?: number | undefined;
  readonly code?: string | undefined;
  readonly encryptedData?: string | undefined;
  readonly iv?: string | undefined;
  readonly cloudID?: string | undefined;
}

/** The ways from an event to its number, by the member of the event that each of them takes. */
export type PhoneWay = 'code' | 'encryptedData' | 'cloudID';
const PHONE_WAYS: readonly PhoneWay[] = ['code', 'encryptedData', 'cloudID'];

/** Asks the gateway for the number, in one of the ways. */
export type PhoneRequest = (call: Call, token: string) => Promise<PhoneAnswer | CallFailure>;

/**
 * Every way that this event allows, the preferred one first; or why it allows none.
 *
 * @param event a TapEvent, or anything else that a page hands over by mistake
 */
export function readTap(event: unknown, prefer: readonly PhoneWay[]): PhoneRequest[] | TapRefused {
  let tap = event;
  for (let depth = 0, detail: unknown; depth < 3 && (detail = member(tap, 'detail')); depth++) tap = detail;
  const [code, encryptedData, iv, cloudId] = ['code', 'encryptedData', 'iv', 'cloudID'].map((name) =>
    textOf(tap, name),
  ) as [string, string, string, string];
  const requests: Readonly<Record<PhoneWay, PhoneRequest | ''>> = {
    code: code && ((call, token) => call(operations.exchangePhoneCode, { input: { code } }, token)),
    encryptedData:
      encryptedData && iv && ((call, token) => call(operations.decryptPhone, { input: { encryptedData, iv } }, token)),
    cloudID: cloudId && ((call, token) => call(operations.resolveCloudPhone, { input: { cloudId } }, token)),
  };
  const preferred = prefer.filter((way) => PHONE_WAYS.includes(way));
  const allowed = [...new Set([...preferred, ...PHONE_WAYS])]
    .map((way) => requests[way])
    .filter((request) => !!request);
  return allowed[0] ? allowed : refusal(tap);
}
