/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What the getPhoneNumber button's event carries, unchanged. */
export type DecryptPhoneInput = {
  /** e.detail.encryptedData: 112 to 256 bytes, in blocks of 16. */
  encryptedData: string;
  /** e.detail.iv: exactly 16 bytes. */
  iv: string;
};

/** What happened, one value for each cause that a client may treat differently. */
export type ErrorCode =
  /** A genuine document, issued for another Mini Program. Nothing that the client does helps: check which appId it logs in with. */
  | 'APP_ID_MISMATCH'
  /** A code that was used before. Get a new one: wx.login for login, a tap for a phone code. */
  | 'CODE_ALREADY_USED'
  /** A code that is unknown to Weixin, malformed or expired. Get a new one: wx.login for login, a tap for a phone code. */
  | 'CODE_INVALID'
  /** A genuine document, dated further ahead than clock skew explains. Nothing that the client does helps: check the gateway's clock. */
  | 'IN_THE_FUTURE'
  /** None of the user's recent session keys opens the data, or what opens is not a Weixin phone document. Log in and send the same data again; if the answer stays, have the user tap again. */
  | 'KEY_MISMATCH'
  /** Weixin says that it did not issue this data (only where the gateway asks Weixin). Have the user tap again. */
  | 'NOT_ISSUED_BY_WEIXIN'
  /** No token, or one that is unknown, expired or revoked: the answer does not tell which. Log in and send the request again. */
  | 'NOT_LOGGED_IN'
  /** Too many requests, or too many failures with this session key. Send the same request again after retryAfterSeconds. */
  | 'RATE_LIMITED'
  /** Weixin or the session store could not be reached, or answered nothing usable in time. Send the same request again after retryAfterSeconds. */
  | 'SERVICE_UNAVAILABLE'
  /** A genuine document, older than the gateway accepts. Have the user tap again. */
  | 'TOO_OLD'
  /** Weixin judges the user high-risk and refuses the login. Nothing that the client does helps. */
  | 'USER_BLOCKED';

/** What the getPhoneNumber button's event carries since base library 2.21.2. */
export type ExchangePhoneCodeInput = {
  /** e.detail.code of the button's event; not the code from wx.login. */
  code: string;
};

/** What wx.login gave the Mini Program. */
export type LoginInput = {
  /** Which of the configured Mini Programs; may be left out where the gateway serves just one. */
  appId?: string | number | null | undefined;
  /** From wx.login: single use, valid for five minutes. */
  code: string;
  /** A random value of the client's own, 1 to 128 printable ASCII characters. Where given, repeating the code gives the same session only with the same nonce. */
  nonce?: string | null | undefined;
};

/** How much to end. */
export type LogoutInput = {
  /** True ends every session of the caller's user in this Mini Program, on every device. */
  everywhere?: boolean;
};

/** What the Mini Program does next. */
export type Remedy =
  /** Call wx.login and the login mutation, then send the same data again; if the answer stays, have the user tap again. */
  | 'LOGIN_AND_RESEND'
  /** Nothing that the Mini Program does helps. */
  | 'NONE'
  /** Send the same request again after retryAfterSeconds. */
  | 'RETRY_LATER'
  /** Keep the session and have the user tap the button again. */
  | 'TAP_AGAIN';

/** What the getPhoneNumber button's event carries in Mini Programs with Cloud Base. */
export type ResolveCloudPhoneInput = {
  /** e.detail.cloudID of the button's event. */
  cloudId: string;
};

export type CheckSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckSessionQuery = { checkSession:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'SessionCheck', keyIsCurrent: boolean }
   };

export type DecryptPhoneWithProofMutationVariables = Exact<{
  input: DecryptPhoneInput;
}>;


export type DecryptPhoneWithProofMutation = { decryptPhone:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', proof: string | null, phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type DecryptPhoneMutationVariables = Exact<{
  input: DecryptPhoneInput;
}>;


export type DecryptPhoneMutation = { decryptPhone:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type ExchangePhoneCodeWithProofMutationVariables = Exact<{
  input: ExchangePhoneCodeInput;
}>;


export type ExchangePhoneCodeWithProofMutation = { exchangePhoneCode:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', proof: string | null, phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type ExchangePhoneCodeMutationVariables = Exact<{
  input: ExchangePhoneCodeInput;
}>;


export type ExchangePhoneCodeMutation = { exchangePhoneCode:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

type UserErrorFields_InvalidCodeError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

type UserErrorFields_InvalidSessionError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

type UserErrorFields_InvalidWatermarkError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

type UserErrorFields_RateLimitedError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

type UserErrorFields_ServiceUnavailableError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

type UserErrorFields_UserBlockedError_Fragment = { code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null };

export type UserErrorFieldsFragment =
  | UserErrorFields_InvalidCodeError_Fragment
  | UserErrorFields_InvalidSessionError_Fragment
  | UserErrorFields_InvalidWatermarkError_Fragment
  | UserErrorFields_RateLimitedError_Fragment
  | UserErrorFields_ServiceUnavailableError_Fragment
  | UserErrorFields_UserBlockedError_Fragment
;

export type PhoneNumberFieldsFragment = { phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } };

export type SessionFieldsFragment = { appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string };

export type LoginWithProofMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginWithProofMutation = { login:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'LoginSuccess', token: string, session: { proof: string | null, appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'UserBlockedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'LoginSuccess', token: string, session: { appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'UserBlockedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type LogoutMutationVariables = Exact<{
  input?: LogoutInput | null | undefined;
}>;


export type LogoutMutation = { logout:
    | { __typename: 'LogoutSuccess', sessionsEnded: number }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramCheckSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type MiniProgramCheckSessionQuery = { checkSession:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'SessionCheck', keyIsCurrent: boolean }
   };

export type MiniProgramDecryptPhoneMutationVariables = Exact<{
  input: DecryptPhoneInput;
}>;


export type MiniProgramDecryptPhoneMutation = { decryptPhone:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', e164: string, purePhoneNumber: string, countryCode: string, proof: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramExchangePhoneCodeMutationVariables = Exact<{
  input: ExchangePhoneCodeInput;
}>;


export type MiniProgramExchangePhoneCodeMutation = { exchangePhoneCode:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', e164: string, purePhoneNumber: string, countryCode: string, proof: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramPhoneNumberFieldsFragment = { e164: string, purePhoneNumber: string, countryCode: string, proof: string | null };

export type MiniProgramLoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type MiniProgramLoginMutation = { login:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'LoginSuccess', token: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'UserBlockedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramLogoutMutationVariables = Exact<{
  input?: LogoutInput | null | undefined;
}>;


export type MiniProgramLogoutMutation = { logout:
    | { __typename: 'LogoutSuccess', sessionsEnded: number }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramProofQueryVariables = Exact<{ [key: string]: never; }>;


export type MiniProgramProofQuery = { session:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'Session', proof: string | null }
   };

export type MiniProgramResolveCloudPhoneMutationVariables = Exact<{
  input: ResolveCloudPhoneInput;
}>;


export type MiniProgramResolveCloudPhoneMutation = { resolveCloudPhone:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', e164: string, purePhoneNumber: string, countryCode: string, proof: string | null }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type MiniProgramSessionQueryVariables = Exact<{ [key: string]: never; }>;


export type MiniProgramSessionQuery = { session:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'Session', appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string }
   };

export type ResolveCloudPhoneWithProofMutationVariables = Exact<{
  input: ResolveCloudPhoneInput;
}>;


export type ResolveCloudPhoneWithProofMutation = { resolveCloudPhone:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', proof: string | null, phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type ResolveCloudPhoneMutationVariables = Exact<{
  input: ResolveCloudPhoneInput;
}>;


export type ResolveCloudPhoneMutation = { resolveCloudPhone:
    | { __typename: 'InvalidCodeError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'InvalidWatermarkError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, watermark: { appId: string, timestamp: number } }
    | { __typename: 'RateLimitedError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
   };

export type SessionWithProofQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionWithProofQuery = { session:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'Session', proof: string | null, appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string }
   };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { session:
    | { __typename: 'InvalidSessionError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'ServiceUnavailableError', code: ErrorCode, message: string, remedy: Remedy, retryAfterSeconds: number | null }
    | { __typename: 'Session', appId: string, openId: string, unionId: string | null, createdAt: string, expiresAt: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const UserErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
    `, {"fragmentName":"UserErrorFields"}) as unknown as TypedDocumentString<UserErrorFieldsFragment, unknown>;
export const PhoneNumberFieldsFragmentDoc = new TypedDocumentString(`
    fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}
    `, {"fragmentName":"PhoneNumberFields"}) as unknown as TypedDocumentString<PhoneNumberFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}
    `, {"fragmentName":"SessionFields"}) as unknown as TypedDocumentString<SessionFieldsFragment, unknown>;
export const MiniProgramPhoneNumberFieldsFragmentDoc = new TypedDocumentString(`
    fragment MiniProgramPhoneNumberFields on PhoneNumber {
  e164
  purePhoneNumber
  countryCode
  proof
}
    `, {"fragmentName":"MiniProgramPhoneNumberFields"}) as unknown as TypedDocumentString<MiniProgramPhoneNumberFieldsFragment, unknown>;
export const CheckSessionDocument = new TypedDocumentString(`
    query CheckSession {
  checkSession {
    __typename
    ... on SessionCheck {
      keyIsCurrent
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:028b8d79dbfa9d23f5460d659d6bd79b139f6eceb5b4d3a6827f8be3ed53f975"}) as unknown as TypedDocumentString<CheckSessionQuery, CheckSessionQueryVariables>;
export const DecryptPhoneWithProofDocument = new TypedDocumentString(`
    mutation DecryptPhoneWithProof($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      ...PhoneNumberFields
      proof
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:358684d065c980b748162c5790da73c26c21082462630fc54787083fccf0fa1a"}) as unknown as TypedDocumentString<DecryptPhoneWithProofMutation, DecryptPhoneWithProofMutationVariables>;
export const DecryptPhoneDocument = new TypedDocumentString(`
    mutation DecryptPhone($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ...PhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:ab93c6e1737c1654a08414d2524543b295de1a901bc34f72f73ef0f7619d2b5a"}) as unknown as TypedDocumentString<DecryptPhoneMutation, DecryptPhoneMutationVariables>;
export const ExchangePhoneCodeWithProofDocument = new TypedDocumentString(`
    mutation ExchangePhoneCodeWithProof($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ... on PhoneNumber {
      ...PhoneNumberFields
      proof
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:8c6c894bafe14bbf1fe1f437491efdeb44fe6d4e24964acb434c2646bba0d7a6"}) as unknown as TypedDocumentString<ExchangePhoneCodeWithProofMutation, ExchangePhoneCodeWithProofMutationVariables>;
export const ExchangePhoneCodeDocument = new TypedDocumentString(`
    mutation ExchangePhoneCode($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ...PhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:dfd35270fc297ac763a7512e0b450e5e0963f33ccb35db6c8069fc0965bd2239"}) as unknown as TypedDocumentString<ExchangePhoneCodeMutation, ExchangePhoneCodeMutationVariables>;
export const LoginWithProofDocument = new TypedDocumentString(`
    mutation LoginWithProof($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess {
      token
      session {
        ...SessionFields
        proof
      }
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}`, {"hash":"sha256:9953443f29e4db34270ad98afb8676383d05066d6d2e603e150b386bb9fe6a5d"}) as unknown as TypedDocumentString<LoginWithProofMutation, LoginWithProofMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess {
      token
      session {
        ...SessionFields
      }
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}`, {"hash":"sha256:4ea78d02984eb65b4385199951c53c2d7c29a593fb50095ec435d4f0197ca93d"}) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout($input: LogoutInput) {
  logout(input: $input) {
    __typename
    ... on LogoutSuccess {
      sessionsEnded
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:87375f3749cb5c03e8098c79ffbf5218825ee448e86892736280da9ae44918dd"}) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;
export const MiniProgramCheckSessionDocument = new TypedDocumentString(`
    query MiniProgramCheckSession {
  checkSession {
    __typename
    ... on SessionCheck {
      keyIsCurrent
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:a255a6fcc6ab89f377fef85fe7b23f0ef4c72ed0c5c9b69c8e2c1197ba66f5d5"}) as unknown as TypedDocumentString<MiniProgramCheckSessionQuery, MiniProgramCheckSessionQueryVariables>;
export const MiniProgramDecryptPhoneDocument = new TypedDocumentString(`
    mutation MiniProgramDecryptPhone($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ...MiniProgramPhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment MiniProgramPhoneNumberFields on PhoneNumber {
  e164
  purePhoneNumber
  countryCode
  proof
}`, {"hash":"sha256:31927f3b96e3c0466a32069f699085f47497b1402a14f9294f2146d43b4e3833"}) as unknown as TypedDocumentString<MiniProgramDecryptPhoneMutation, MiniProgramDecryptPhoneMutationVariables>;
export const MiniProgramExchangePhoneCodeDocument = new TypedDocumentString(`
    mutation MiniProgramExchangePhoneCode($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ...MiniProgramPhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment MiniProgramPhoneNumberFields on PhoneNumber {
  e164
  purePhoneNumber
  countryCode
  proof
}`, {"hash":"sha256:6a86349fd49fdcd21767057679efe02e8cc87a7270c4f7a1659c8160073a9beb"}) as unknown as TypedDocumentString<MiniProgramExchangePhoneCodeMutation, MiniProgramExchangePhoneCodeMutationVariables>;
export const MiniProgramLoginDocument = new TypedDocumentString(`
    mutation MiniProgramLogin($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess {
      token
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:9f04197a6fa1293dd05ea5fa6c8a79e9210240fccb092d386e719d415b769894"}) as unknown as TypedDocumentString<MiniProgramLoginMutation, MiniProgramLoginMutationVariables>;
export const MiniProgramLogoutDocument = new TypedDocumentString(`
    mutation MiniProgramLogout($input: LogoutInput) {
  logout(input: $input) {
    __typename
    ... on LogoutSuccess {
      sessionsEnded
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:96b924ba8e070fcf518da72dd815eef8e6a9149f537bb46729992b46fcdd246a"}) as unknown as TypedDocumentString<MiniProgramLogoutMutation, MiniProgramLogoutMutationVariables>;
export const MiniProgramProofDocument = new TypedDocumentString(`
    query MiniProgramProof {
  session {
    __typename
    ... on Session {
      proof
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}`, {"hash":"sha256:2377d215977d981a027a291a8eab778d4f47ad2f582028006e2dafe4c0974f8f"}) as unknown as TypedDocumentString<MiniProgramProofQuery, MiniProgramProofQueryVariables>;
export const MiniProgramResolveCloudPhoneDocument = new TypedDocumentString(`
    mutation MiniProgramResolveCloudPhone($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ...MiniProgramPhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment MiniProgramPhoneNumberFields on PhoneNumber {
  e164
  purePhoneNumber
  countryCode
  proof
}`, {"hash":"sha256:ca3b071af0545a1791a8b7d0f573873febe59c36310460e1b6ab311a21bf11a1"}) as unknown as TypedDocumentString<MiniProgramResolveCloudPhoneMutation, MiniProgramResolveCloudPhoneMutationVariables>;
export const MiniProgramSessionDocument = new TypedDocumentString(`
    query MiniProgramSession {
  session {
    __typename
    ...SessionFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}`, {"hash":"sha256:63538331ee7b5a9426e8d095b2fc1cad76d43d3605a839b0425edfa8dad623c3"}) as unknown as TypedDocumentString<MiniProgramSessionQuery, MiniProgramSessionQueryVariables>;
export const ResolveCloudPhoneWithProofDocument = new TypedDocumentString(`
    mutation ResolveCloudPhoneWithProof($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      ...PhoneNumberFields
      proof
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:fba9507ed8a9f30f52d619811a37fcd43ca2435f29722b7e83c481eb8be0424a"}) as unknown as TypedDocumentString<ResolveCloudPhoneWithProofMutation, ResolveCloudPhoneWithProofMutationVariables>;
export const ResolveCloudPhoneDocument = new TypedDocumentString(`
    mutation ResolveCloudPhone($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ...PhoneNumberFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment PhoneNumberFields on PhoneNumber {
  phoneNumber
  purePhoneNumber
  countryCode
  e164
  watermark {
    appId
    timestamp
  }
}`, {"hash":"sha256:acd2c3353cf7a34370b7ebe6f77cad6cb0854fbf9e9470b623586b007ee90f12"}) as unknown as TypedDocumentString<ResolveCloudPhoneMutation, ResolveCloudPhoneMutationVariables>;
export const SessionWithProofDocument = new TypedDocumentString(`
    query SessionWithProof {
  session {
    __typename
    ... on Session {
      ...SessionFields
      proof
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}`, {"hash":"sha256:5e6a9579243dd4488626a812ac14b8bb6ace63d13242e53d6cf7f3edd98c2719"}) as unknown as TypedDocumentString<SessionWithProofQuery, SessionWithProofQueryVariables>;
export const SessionDocument = new TypedDocumentString(`
    query Session {
  session {
    __typename
    ...SessionFields
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  remedy
  retryAfterSeconds
}
fragment SessionFields on Session {
  appId
  openId
  unionId
  createdAt
  expiresAt
}`, {"hash":"sha256:756a79ce67cc4bb9698e9eb70c5ccfae562380feb4f74509110363ad209775cd"}) as unknown as TypedDocumentString<SessionQuery, SessionQueryVariables>;