/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query CheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}": typeof types.CheckSessionDocument,
    "mutation DecryptPhoneWithProof($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": typeof types.DecryptPhoneWithProofDocument,
    "mutation DecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.DecryptPhoneDocument,
    "mutation ExchangePhoneCodeWithProof($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": typeof types.ExchangePhoneCodeWithProofDocument,
    "mutation ExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.ExchangePhoneCodeDocument,
    "fragment UserErrorFields on UserError {\n  code\n  message\n  remedy\n  retryAfterSeconds\n}\n\nfragment PhoneNumberFields on PhoneNumber {\n  phoneNumber\n  purePhoneNumber\n  countryCode\n  e164\n  watermark {\n    appId\n    timestamp\n  }\n}\n\nfragment SessionFields on Session {\n  appId\n  openId\n  unionId\n  createdAt\n  expiresAt\n}": typeof types.UserErrorFieldsFragmentDoc,
    "mutation LoginWithProof($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n        proof\n      }\n    }\n    ...UserErrorFields\n  }\n}": typeof types.LoginWithProofDocument,
    "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n      }\n    }\n    ...UserErrorFields\n  }\n}": typeof types.LoginDocument,
    "mutation Logout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}": typeof types.LogoutDocument,
    "query MiniProgramCheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramCheckSessionDocument,
    "mutation MiniProgramDecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramDecryptPhoneDocument,
    "mutation MiniProgramExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramExchangePhoneCodeDocument,
    "fragment MiniProgramPhoneNumberFields on PhoneNumber {\n  e164\n  purePhoneNumber\n  countryCode\n  proof\n}": typeof types.MiniProgramPhoneNumberFieldsFragmentDoc,
    "mutation MiniProgramLogin($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n    }\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramLoginDocument,
    "mutation MiniProgramLogout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramLogoutDocument,
    "query MiniProgramProof {\n  session {\n    __typename\n    ... on Session {\n      proof\n    }\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramProofDocument,
    "mutation MiniProgramResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramResolveCloudPhoneDocument,
    "query MiniProgramSession {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}": typeof types.MiniProgramSessionDocument,
    "mutation ResolveCloudPhoneWithProof($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": typeof types.ResolveCloudPhoneWithProofDocument,
    "mutation ResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": typeof types.ResolveCloudPhoneDocument,
    "query SessionWithProof {\n  session {\n    __typename\n    ... on Session {\n      ...SessionFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": typeof types.SessionWithProofDocument,
    "query Session {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}": typeof types.SessionDocument,
};
const documents: Documents = {
    "query CheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}": types.CheckSessionDocument,
    "mutation DecryptPhoneWithProof($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": types.DecryptPhoneWithProofDocument,
    "mutation DecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.DecryptPhoneDocument,
    "mutation ExchangePhoneCodeWithProof($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": types.ExchangePhoneCodeWithProofDocument,
    "mutation ExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.ExchangePhoneCodeDocument,
    "fragment UserErrorFields on UserError {\n  code\n  message\n  remedy\n  retryAfterSeconds\n}\n\nfragment PhoneNumberFields on PhoneNumber {\n  phoneNumber\n  purePhoneNumber\n  countryCode\n  e164\n  watermark {\n    appId\n    timestamp\n  }\n}\n\nfragment SessionFields on Session {\n  appId\n  openId\n  unionId\n  createdAt\n  expiresAt\n}": types.UserErrorFieldsFragmentDoc,
    "mutation LoginWithProof($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n        proof\n      }\n    }\n    ...UserErrorFields\n  }\n}": types.LoginWithProofDocument,
    "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n      }\n    }\n    ...UserErrorFields\n  }\n}": types.LoginDocument,
    "mutation Logout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}": types.LogoutDocument,
    "query MiniProgramCheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}": types.MiniProgramCheckSessionDocument,
    "mutation MiniProgramDecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.MiniProgramDecryptPhoneDocument,
    "mutation MiniProgramExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.MiniProgramExchangePhoneCodeDocument,
    "fragment MiniProgramPhoneNumberFields on PhoneNumber {\n  e164\n  purePhoneNumber\n  countryCode\n  proof\n}": types.MiniProgramPhoneNumberFieldsFragmentDoc,
    "mutation MiniProgramLogin($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n    }\n    ...UserErrorFields\n  }\n}": types.MiniProgramLoginDocument,
    "mutation MiniProgramLogout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}": types.MiniProgramLogoutDocument,
    "query MiniProgramProof {\n  session {\n    __typename\n    ... on Session {\n      proof\n    }\n    ...UserErrorFields\n  }\n}": types.MiniProgramProofDocument,
    "mutation MiniProgramResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.MiniProgramResolveCloudPhoneDocument,
    "query MiniProgramSession {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}": types.MiniProgramSessionDocument,
    "mutation ResolveCloudPhoneWithProof($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": types.ResolveCloudPhoneWithProofDocument,
    "mutation ResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}": types.ResolveCloudPhoneDocument,
    "query SessionWithProof {\n  session {\n    __typename\n    ... on Session {\n      ...SessionFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}": types.SessionWithProofDocument,
    "query Session {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}": types.SessionDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').CheckSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DecryptPhoneWithProof($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').DecryptPhoneWithProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').DecryptPhoneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ExchangePhoneCodeWithProof($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').ExchangePhoneCodeWithProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').ExchangePhoneCodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  message\n  remedy\n  retryAfterSeconds\n}\n\nfragment PhoneNumberFields on PhoneNumber {\n  phoneNumber\n  purePhoneNumber\n  countryCode\n  e164\n  watermark {\n    appId\n    timestamp\n  }\n}\n\nfragment SessionFields on Session {\n  appId\n  openId\n  unionId\n  createdAt\n  expiresAt\n}"): typeof import('./graphql.js').UserErrorFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LoginWithProof($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n        proof\n      }\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').LoginWithProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n      session {\n        ...SessionFields\n      }\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').LoginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Logout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').LogoutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MiniProgramCheckSession {\n  checkSession {\n    __typename\n    ... on SessionCheck {\n      keyIsCurrent\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramCheckSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MiniProgramDecryptPhone($input: DecryptPhoneInput!) {\n  decryptPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramDecryptPhoneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MiniProgramExchangePhoneCode($input: ExchangePhoneCodeInput!) {\n  exchangePhoneCode(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramExchangePhoneCodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment MiniProgramPhoneNumberFields on PhoneNumber {\n  e164\n  purePhoneNumber\n  countryCode\n  proof\n}"): typeof import('./graphql.js').MiniProgramPhoneNumberFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MiniProgramLogin($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ... on LoginSuccess {\n      token\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramLoginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MiniProgramLogout($input: LogoutInput) {\n  logout(input: $input) {\n    __typename\n    ... on LogoutSuccess {\n      sessionsEnded\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramLogoutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MiniProgramProof {\n  session {\n    __typename\n    ... on Session {\n      proof\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation MiniProgramResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...MiniProgramPhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramResolveCloudPhoneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MiniProgramSession {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').MiniProgramSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResolveCloudPhoneWithProof($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ... on PhoneNumber {\n      ...PhoneNumberFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').ResolveCloudPhoneWithProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResolveCloudPhone($input: ResolveCloudPhoneInput!) {\n  resolveCloudPhone(input: $input) {\n    __typename\n    ...PhoneNumberFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').ResolveCloudPhoneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SessionWithProof {\n  session {\n    __typename\n    ... on Session {\n      ...SessionFields\n      proof\n    }\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').SessionWithProofDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Session {\n  session {\n    __typename\n    ...SessionFields\n    ...UserErrorFields\n  }\n}"): typeof import('./graphql.js').SessionDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
