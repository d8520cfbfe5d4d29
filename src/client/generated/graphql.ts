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
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, proof: string | null, watermark: { appId: string, timestamp: number } }
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
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, proof: string | null, watermark: { appId: string, timestamp: number } }
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
    | { __typename: 'PhoneNumber', phoneNumber: string, purePhoneNumber: string, countryCode: string, e164: string, proof: string | null, watermark: { appId: string, timestamp: number } }
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

export const CheckSessionDocument = new TypedDocumentString(`
    query CheckSession {
  checkSession {
    __typename
    ... on SessionCheck {
      keyIsCurrent
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:db2277cd13136543626ac4f022e0ca69e98dfaca9517deb919514057e3a4c456"}) as unknown as TypedDocumentString<CheckSessionQuery, CheckSessionQueryVariables>;
export const DecryptPhoneWithProofDocument = new TypedDocumentString(`
    mutation DecryptPhoneWithProof($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      proof
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:4efae7eaef4989575e413f0274ead3ac0cf1ab47ad5e155b899a03d223fae392"}) as unknown as TypedDocumentString<DecryptPhoneWithProofMutation, DecryptPhoneWithProofMutationVariables>;
export const DecryptPhoneDocument = new TypedDocumentString(`
    mutation DecryptPhone($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:ff0e80a62e1233ac58633062df45275352b2fb1f43bf229c7b3f956b26bf72a9"}) as unknown as TypedDocumentString<DecryptPhoneMutation, DecryptPhoneMutationVariables>;
export const ExchangePhoneCodeWithProofDocument = new TypedDocumentString(`
    mutation ExchangePhoneCodeWithProof($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      proof
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:68e457fc1ab6902a88c2ab52826f811791c380cc6877234570978fa08ef407c4"}) as unknown as TypedDocumentString<ExchangePhoneCodeWithProofMutation, ExchangePhoneCodeWithProofMutationVariables>;
export const ExchangePhoneCodeDocument = new TypedDocumentString(`
    mutation ExchangePhoneCode($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:a8395f46d20758737fa1b952ff04be9a286601b75507068cdfc60925a818687a"}) as unknown as TypedDocumentString<ExchangePhoneCodeMutation, ExchangePhoneCodeMutationVariables>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess {
      token
      session {
        appId
        openId
        unionId
        createdAt
        expiresAt
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:12153c59ee5f6ec63f530f2756055b566cdd9ebe2538c648a1b7ecd7edd0ab67"}) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout($input: LogoutInput) {
  logout(input: $input) {
    __typename
    ... on LogoutSuccess {
      sessionsEnded
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:afbee9231d3b0c8087c5c7ed56b5266a844069316c0a0bac2c61f46fc3907033"}) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;
export const MiniProgramCheckSessionDocument = new TypedDocumentString(`
    query MiniProgramCheckSession {
  checkSession {
    __typename
    ... on SessionCheck {
      keyIsCurrent
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:3b9155a144ac6c2e017fd769a7936900cdbf591476b8ed4da0a14d0c4132ae2d"}) as unknown as TypedDocumentString<MiniProgramCheckSessionQuery, MiniProgramCheckSessionQueryVariables>;
export const MiniProgramDecryptPhoneDocument = new TypedDocumentString(`
    mutation MiniProgramDecryptPhone($input: DecryptPhoneInput!) {
  decryptPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      e164
      purePhoneNumber
      countryCode
      proof
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:453138b5b5d0b74b7e32e2f051f36131644386b81e8621dcdc75770c100f1c16"}) as unknown as TypedDocumentString<MiniProgramDecryptPhoneMutation, MiniProgramDecryptPhoneMutationVariables>;
export const MiniProgramExchangePhoneCodeDocument = new TypedDocumentString(`
    mutation MiniProgramExchangePhoneCode($input: ExchangePhoneCodeInput!) {
  exchangePhoneCode(input: $input) {
    __typename
    ... on PhoneNumber {
      e164
      purePhoneNumber
      countryCode
      proof
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:029cbda1cdb9efec3d7fba56337a5483e6701b10df6aa2320fd033ac2a0740c0"}) as unknown as TypedDocumentString<MiniProgramExchangePhoneCodeMutation, MiniProgramExchangePhoneCodeMutationVariables>;
export const MiniProgramLoginDocument = new TypedDocumentString(`
    mutation MiniProgramLogin($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess {
      token
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:e7095c6b5addcdf1026accb7e4925e95feb2a5524731e2b4fedbc0b560f0acea"}) as unknown as TypedDocumentString<MiniProgramLoginMutation, MiniProgramLoginMutationVariables>;
export const MiniProgramLogoutDocument = new TypedDocumentString(`
    mutation MiniProgramLogout($input: LogoutInput) {
  logout(input: $input) {
    __typename
    ... on LogoutSuccess {
      sessionsEnded
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:71906b7fcf5af8524819d2f27b0077a4164906acf240e09e34657049051b7096"}) as unknown as TypedDocumentString<MiniProgramLogoutMutation, MiniProgramLogoutMutationVariables>;
export const MiniProgramResolveCloudPhoneDocument = new TypedDocumentString(`
    mutation MiniProgramResolveCloudPhone($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      e164
      purePhoneNumber
      countryCode
      proof
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:fbb88e505ef16153fd5f28c21589f2b974c0c4acab6ee5b529c2f10214f12bf2"}) as unknown as TypedDocumentString<MiniProgramResolveCloudPhoneMutation, MiniProgramResolveCloudPhoneMutationVariables>;
export const MiniProgramSessionDocument = new TypedDocumentString(`
    query MiniProgramSession {
  session {
    __typename
    ... on Session {
      appId
      openId
      unionId
      createdAt
      expiresAt
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:69887fd103787a67e9f05224ac9c7e7d91878ce03e3fdf0e9dbeb698e1851b0e"}) as unknown as TypedDocumentString<MiniProgramSessionQuery, MiniProgramSessionQueryVariables>;
export const ResolveCloudPhoneWithProofDocument = new TypedDocumentString(`
    mutation ResolveCloudPhoneWithProof($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      proof
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:139027358b03456445fbd49105f170d5439b14b9f92b565058b18772ebaa5b16"}) as unknown as TypedDocumentString<ResolveCloudPhoneWithProofMutation, ResolveCloudPhoneWithProofMutationVariables>;
export const ResolveCloudPhoneDocument = new TypedDocumentString(`
    mutation ResolveCloudPhone($input: ResolveCloudPhoneInput!) {
  resolveCloudPhone(input: $input) {
    __typename
    ... on PhoneNumber {
      phoneNumber
      purePhoneNumber
      countryCode
      e164
      watermark {
        appId
        timestamp
      }
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:de93ee24aa6f3041012c3f8a4436893149e84bb3eaded271e5a9fbd4834048b4"}) as unknown as TypedDocumentString<ResolveCloudPhoneMutation, ResolveCloudPhoneMutationVariables>;
export const SessionDocument = new TypedDocumentString(`
    query Session {
  session {
    __typename
    ... on Session {
      appId
      openId
      unionId
      createdAt
      expiresAt
    }
    ... on UserError {
      code
      message
      remedy
      retryAfterSeconds
    }
  }
}
    `, {"hash":"sha256:cab08864b9979143d6e01a926c8c9fe5bcc6e2a7e2e9f40311a9c4f1d6fd7327"}) as unknown as TypedDocumentString<SessionQuery, SessionQueryVariables>;