/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

export const UserErrorFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PhoneNumberFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]} as unknown as DocumentNode<PhoneNumberFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"openId"}},{"kind":"Field","name":{"kind":"Name","value":"unionId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<SessionFieldsFragment, unknown>;
export const CheckSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckSession"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkSession"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionCheck"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"keyIsCurrent"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<CheckSessionQuery, CheckSessionQueryVariables>;
export const DecryptPhoneWithProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DecryptPhoneWithProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecryptPhoneInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"decryptPhone"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"Field","name":{"kind":"Name","value":"proof"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<DecryptPhoneWithProofMutation, DecryptPhoneWithProofMutationVariables>;
export const DecryptPhoneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DecryptPhone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecryptPhoneInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"decryptPhone"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<DecryptPhoneMutation, DecryptPhoneMutationVariables>;
export const ExchangePhoneCodeWithProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExchangePhoneCodeWithProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExchangePhoneCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exchangePhoneCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"Field","name":{"kind":"Name","value":"proof"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<ExchangePhoneCodeWithProofMutation, ExchangePhoneCodeWithProofMutationVariables>;
export const ExchangePhoneCodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExchangePhoneCode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExchangePhoneCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exchangePhoneCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<ExchangePhoneCodeMutation, ExchangePhoneCodeMutationVariables>;
export const LoginWithProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LoginWithProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}},{"kind":"Field","name":{"kind":"Name","value":"proof"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"openId"}},{"kind":"Field","name":{"kind":"Name","value":"unionId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<LoginWithProofMutation, LoginWithProofMutationVariables>;
export const LoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Login"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"openId"}},{"kind":"Field","name":{"kind":"Name","value":"unionId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const LogoutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Logout"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LogoutInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logout"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LogoutSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionsEnded"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const ResolveCloudPhoneWithProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResolveCloudPhoneWithProof"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResolveCloudPhoneInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resolveCloudPhone"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"Field","name":{"kind":"Name","value":"proof"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<ResolveCloudPhoneWithProofMutation, ResolveCloudPhoneWithProofMutationVariables>;
export const ResolveCloudPhoneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResolveCloudPhone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResolveCloudPhoneInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resolveCloudPhone"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneNumberFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneNumberFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneNumber"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"purePhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"e164"}},{"kind":"Field","name":{"kind":"Name","value":"watermark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<ResolveCloudPhoneMutation, ResolveCloudPhoneMutationVariables>;
export const SessionWithProofDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionWithProof"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}},{"kind":"Field","name":{"kind":"Name","value":"proof"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"openId"}},{"kind":"Field","name":{"kind":"Name","value":"unionId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<SessionWithProofQuery, SessionWithProofQueryVariables>;
export const SessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"openId"}},{"kind":"Field","name":{"kind":"Name","value":"unionId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;