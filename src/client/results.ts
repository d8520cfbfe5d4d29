import type {
  MiniProgramCheckSessionQuery,
  MiniProgramDecryptPhoneMutation,
  MiniProgramExchangePhoneCodeMutation,
  MiniProgramLoginMutation,
  MiniProgramLogoutMutation,
  MiniProgramProofQuery,
  MiniProgramResolveCloudPhoneMutation,
  MiniProgramSessionQuery,
  Remedy,
} from './generated/mini-program.js';

/** What every failure has, those of the gateway and those of the client's own. None holds a code, a token or a number. */
export interface Failure {
  /** What happened, for the log and for a report. */
  readonly code: string;
  /** The same in a sentence, for developers. */
  readonly message: string;
  /** What the page does next. */
  readonly remedy: Remedy;
  /** Seconds until the next try makes sense; null where waiting does not help. */
  readonly retryAfterSeconds: number | null;
}

/**
 * The gateway did not answer: no network, no time left, HTTP 429, 502, 503 or 504, or an answer that is not its own. The
 * remedy is NONE, and `message` has a hint, if Weixin does not let the Mini Program call this address at all.
 */
export interface GatewayUnreachable extends Failure {
  readonly __typename: 'GatewayUnreachable';
  readonly code: 'UNREACHABLE';
  readonly remedy: 'RETRY_LATER' | 'NONE';
}

/** An error outside the schema's unions: docs/errors.md says what each `code` means. */
export interface RequestRejected extends Failure {
  readonly __typename: 'RequestRejected';
  readonly remedy: 'NONE';
  /** Leads to the gateway's log line, where the gateway gave one. */
  readonly requestId: string | null;
}

/** wx.login gave no code; `message` is its own `errMsg`, if it gave one. */
export interface WxLoginFailed extends Failure {
  readonly __typename: 'WxLoginFailed';
  readonly code: 'WX_LOGIN_FAILED';
  readonly remedy: 'RETRY_LATER';
  readonly retryAfterSeconds: number;
}

/** Why the button's event carries nothing to send. */
export type RefusalCode =
  /** The user declined or closed the sheet. */
  | 'USER_DENIED'
  /** The app may not ask for numbers: it is not verified, or of a kind that may not. */
  | 'NO_PERMISSION'
  /** As errno 104: the user has not accepted the app's privacy terms. */
  | 'PRIVACY_NOT_ACCEPTED'
  /** As errno 112: the app's privacy terms do not declare phone numbers. */
  | 'SCOPE_NOT_DECLARED'
  /** As errno 1400001: the app's paid quota is used up. */
  | 'QUOTA_USED_UP'
  /** Something else, which `message` tells in Weixin's words (remedy NONE); or no event at all (remedy TAP_AGAIN). */
  | 'NO_DATA';

/** The button's event carries nothing to send. */
export interface TapRefused extends Failure {
  readonly __typename: 'TapRefused';
  readonly code: RefusalCode;
  readonly remedy: 'TAP_AGAIN' | 'NONE';
  readonly retryAfterSeconds: null;
}

/** What may go wrong with any call of the gateway. */
export type CallFailure = GatewayUnreachable | RequestRejected;

export type LoginResult = MiniProgramLoginMutation['login'] | CallFailure | WxLoginFailed;
/** What may go wrong with a login, which any call may need first. */
export type LoginFailure = Exclude<LoginResult, { __typename: 'LoginSuccess' }>;

/** There is a session, and wx.checkSession holds its key for good. */
export interface Prepared {
  readonly __typename: 'Prepared';
}
export type PrepareResult = Prepared | LoginFailure;

/** What the gateway answers to a tap, whichever way its data went. */
export type PhoneAnswer =
  | MiniProgramDecryptPhoneMutation['decryptPhone']
  | MiniProgramExchangePhoneCodeMutation['exchangePhoneCode']
  | MiniProgramResolveCloudPhoneMutation['resolveCloudPhone'];
export type PhoneNumber = Extract<PhoneAnswer, { __typename: 'PhoneNumber' }>;
export type PhoneResult = PhoneAnswer | LoginFailure | TapRefused;

export type SessionResult = MiniProgramSessionQuery['session'] | LoginFailure;
/** The gateway's answer to a request for a proof. */
export type SessionProofAnswer = MiniProgramProofQuery['session'] | LoginFailure;

/** A short-lived JWT that tells your own back end who the user is: send it along, as `Authorization: Bearer`, say. */
export interface SessionProof {
  readonly __typename: 'SessionProof';
  readonly proof: string;
}

/** The gateway has no key to sign with. */
export interface NoProof extends Failure {
  readonly __typename: 'NoProof';
  readonly code: 'NO_PROOF';
  readonly remedy: 'NONE';
  readonly retryAfterSeconds: null;
}
export type ProofResult = SessionProof | NoProof | Exclude<SessionProofAnswer, { __typename: 'Session' }>;

export type CheckSessionResult = MiniProgramCheckSessionQuery['checkSession'] | LoginFailure;
export type LogoutResult = MiniProgramLogoutMutation['logout'] | CallFailure;
