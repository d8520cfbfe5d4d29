/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

/** The text of an operation. Its data and its variables are there for the compiler alone. */
export type OperationText<Data, Variables> = string & { readonly __types?: (variables: Variables) => Data };

/** What the client sends, by the names of the operations. */
export const operations = {
  checkSession: 'query MiniProgramCheckSession{checkSession{__typename ...UserErrorFields ...on SessionCheck{keyIsCurrent}}}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramCheckSessionQuery, MiniProgramCheckSessionQueryVariables>,
  decryptPhone: 'mutation MiniProgramDecryptPhone($input:DecryptPhoneInput!){decryptPhone(input:$input){__typename ...MiniProgramPhoneNumberFields ...UserErrorFields}}fragment MiniProgramPhoneNumberFields on PhoneNumber{countryCode e164 proof purePhoneNumber}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramDecryptPhoneMutation, MiniProgramDecryptPhoneMutationVariables>,
  exchangePhoneCode: 'mutation MiniProgramExchangePhoneCode($input:ExchangePhoneCodeInput!){exchangePhoneCode(input:$input){__typename ...MiniProgramPhoneNumberFields ...UserErrorFields}}fragment MiniProgramPhoneNumberFields on PhoneNumber{countryCode e164 proof purePhoneNumber}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramExchangePhoneCodeMutation, MiniProgramExchangePhoneCodeMutationVariables>,
  login: 'mutation MiniProgramLogin($input:LoginInput!){login(input:$input){__typename ...UserErrorFields ...on LoginSuccess{token}}}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramLoginMutation, MiniProgramLoginMutationVariables>,
  logout: 'mutation MiniProgramLogout($input:LogoutInput){logout(input:$input){__typename ...UserErrorFields ...on LogoutSuccess{sessionsEnded}}}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramLogoutMutation, MiniProgramLogoutMutationVariables>,
  proof: 'query MiniProgramProof{session{__typename ...UserErrorFields ...on Session{proof}}}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramProofQuery, MiniProgramProofQueryVariables>,
  resolveCloudPhone: 'mutation MiniProgramResolveCloudPhone($input:ResolveCloudPhoneInput!){resolveCloudPhone(input:$input){__typename ...MiniProgramPhoneNumberFields ...UserErrorFields}}fragment MiniProgramPhoneNumberFields on PhoneNumber{countryCode e164 proof purePhoneNumber}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramResolveCloudPhoneMutation, MiniProgramResolveCloudPhoneMutationVariables>,
  session: 'query MiniProgramSession{session{__typename ...SessionFields ...UserErrorFields}}fragment SessionFields on Session{appId createdAt expiresAt openId unionId}fragment UserErrorFields on UserError{code message remedy retryAfterSeconds}' as OperationText<MiniProgramSessionQuery, MiniProgramSessionQueryVariables>,
};