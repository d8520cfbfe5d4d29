import type { Call } from './call.js';
import { operations } from './generated/mini-program.js';
import type { CallFailure, PhoneAnswer, RefusalCode, TapRefused } from './results.js';

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

const BY_ERRNO: Readonly<Record<number, RefusalCode>> = {
  104: 'PRIVACY_NOT_ACCEPTED',
  112: 'SCOPE_NOT_DECLARED',
  1400001: 'QUOTA_USED_UP',
};

/** Every way that this event allows, the preferred one first; or why it allows none. */
export function readTap(event: TapEvent, prefer: readonly PhoneWay[]): PhoneRequest[] | TapRefused {
  let tap = event;
  for (let depth = 0; depth < 3 && tap.detail; depth++) tap = tap.detail;
  const { code, encryptedData, iv, cloudID } = tap;
  const requests: Readonly<Record<PhoneWay, PhoneRequest | '' | undefined>> = {
    code: code && ((call, token) => call(operations.exchangePhoneCode, { input: { code } }, token)),
    encryptedData:
      encryptedData && iv && ((call, token) => call(operations.decryptPhone, { input: { encryptedData, iv } }, token)),
    cloudID: cloudID && ((call, token) => call(operations.resolveCloudPhone, { input: { cloudId: cloudID } }, token)),
  };
  const allowed = [...new Set([...prefer, ...PHONE_WAYS])].map((way) => requests[way]).filter((request) => !!request);
  return allowed[0] ? allowed : refusal(tap);
}

function refusal({ errMsg: message = '', errno = 0 }: TapEvent): TapRefused {
  const code =
    BY_ERRNO[errno] ||
    (/user (deny|cancel)/.test(message) ? 'USER_DENIED' : /no permission/.test(message) ? 'NO_PERMISSION' : 'NO_DATA');
  // Another tap ends otherwise only where that is up to the user.
  const remedy = code === 'USER_DENIED' || code === 'PRIVACY_NOT_ACCEPTED' ? 'TAP_AGAIN' : 'NONE';
  return { __typename: 'TapRefused', code, message, remedy, retryAfterSeconds: null };
}
