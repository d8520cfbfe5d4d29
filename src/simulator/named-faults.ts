import type { Fault } from './fault-script.js';

/** The paths of Weixin's server API that the simulator answers. */
export const CODE_2_SESSION = '/sns/jscode2session';
export const COMPONENT_CODE_2_SESSION = '/sns/component/jscode2session';
export const STABLE_TOKEN = '/cgi-bin/stable_token';
export const GET_USER_PHONE_NUMBER = '/wxa/business/getuserphonenumber';
export const GET_OPEN_DATA = '/wxa/getopendata';
export const CHECK_SESSION_KEY = '/wxa/checksession';
export const RESET_SESSION_KEY = '/wxa/resetusersessionkey';
export const CHECK_ENCRYPTED_DATA = '/wxa/business/checkencryptedmsg';

/** A fault of production that can be queued by its name. */
export interface NamedFault {
  readonly endpoint: string;
  readonly fault: Fault;
  /** Description of the fault. */
  readonly shows: string;
  /** Whether all access tokens are invalidated first, so that a new one is requested. */
  readonly endsTokens?: boolean;
}

/** Faults of real deployments, by name. */
export const NAMED_FAULTS = {
  'cloud-id-invalid': {
    endpoint: GET_OPEN_DATA,
    fault: { item: { errCode: -601005, errMsg: 'invalid cloudID' } },
    shows: 'the cloudID is invalid: an answer with errcode 0, and the refusal inside its item',
  },
  'cloud-id-expired': {
    endpoint: GET_OPEN_DATA,
    fault: { item: { errCode: -601006, errMsg: 'cloudID expired.' } },
    shows: 'the cloudID has expired: an answer with errcode 0, and the refusal inside its item',
  },
  'cloud-id-of-another-user': {
    endpoint: GET_OPEN_DATA,
    fault: { item: { errCode: -601007, errMsg: 'cloudID mismatch' } },
    shows: "the cloudID is another user's",
  },
  'no-phone-bound': {
    endpoint: GET_OPEN_DATA,
    fault: { item: { errCode: -601009, errMsg: 'no phone number bound' } },
    shows: 'the user has bound no phone number',
  },
  'no-permission': {
    endpoint: GET_USER_PHONE_NUMBER,
    fault: { errcode: 48001 },
    shows: 'the Mini Program has no permission for phone numbers',
  },
  'path-not-allowed': {
    endpoint: GET_USER_PHONE_NUMBER,
    fault: { errcode: 85107 },
    shows: "the path is not on the cloud environment's list",
  },
  'phone-quota-spent': {
    endpoint: GET_USER_PHONE_NUMBER,
    fault: { errcode: 45009 },
    shows: 'the daily quota of phone numbers is spent',
  },
  'token-quota-spent': {
    endpoint: STABLE_TOKEN,
    fault: { errcode: 45009 },
    shows: 'the daily quota of access tokens is spent',
    endsTokens: true,
  },
  'address-not-confirmed': {
    endpoint: STABLE_TOKEN,
    fault: { errcode: 89503 },
    shows: "the gateway's address awaits the administrator's confirmation",
    endsTokens: true,
  },
  'token-rejected': {
    endpoint: GET_USER_PHONE_NUMBER,
    fault: { errcode: 40001 },
    shows: 'an access token is rejected, and the same one comes back until a new one is forced',
  },
  'address-not-on-the-list': {
    endpoint: CODE_2_SESSION,
    fault: { errcode: 40164 },
    shows: "the gateway's address is not on the allow list",
  },
  'secret-wrong': { endpoint: CODE_2_SESSION, fault: { errcode: 40125 }, shows: 'the app secret is wrong' },
  'account-limited': { endpoint: CODE_2_SESSION, fault: { errcode: 50002 }, shows: 'the account is limited' },
  'login-quota-spent': {
    endpoint: CODE_2_SESSION,
    fault: { errcode: 45011 },
    shows: "the user's logins of this minute are spent",
  },
  busy: { endpoint: CODE_2_SESSION, fault: { errcode: -1 }, shows: 'Weixin is busy: the gateway asks once more' },
  firewall: {
    endpoint: CODE_2_SESSION,
    fault: { status: 403 },
    shows: 'a firewall on the way refuses what one user sent',
  },
  silence: { endpoint: CODE_2_SESSION, fault: { silence: true }, shows: 'Weixin does not answer' },
} as const satisfies Readonly<Record<string, NamedFault>>;

export type FaultName = keyof typeof NAMED_FAULTS;
