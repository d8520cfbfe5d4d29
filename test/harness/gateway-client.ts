import {
  CheckSessionDocument,
  type CheckSessionQuery,
  type DecryptPhoneMutation,
  DecryptPhoneDocument,
  type DecryptPhoneWithProofMutation,
  DecryptPhoneWithProofDocument,
  type ExchangePhoneCodeMutation,
  ExchangePhoneCodeDocument,
  type LoginMutation,
  LoginDocument,
  type LogoutMutation,
  LogoutDocument,
  type ResolveCloudPhoneMutation,
  ResolveCloudPhoneDocument,
  type SessionQuery,
  SessionDocument,
  SessionWithProofDocument,
  type SessionWithProofQuery,
  type TypedDocumentString,
} from '../../src/client/generated/graphql.js';
import { collect, remember } from './evidence.js';
import { patiently } from './patiently.js';

export interface GraphqlAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
}

type ProofOf<T> = Extract<T, { __typename: 'PhoneNumber' }>;

/** An HTTP answer with its body read. */
export interface HttpAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: GraphqlAnswer<T>;
}

/** Calls a gateway over HTTP with the shipped operations, as a generated client does. */
export class GatewayClient {
  readonly #url: string;
  token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.token = token;
  }

  async login(input: { code: string; appId?: string; nonce?: string }): Promise<LoginMutation['login']> {
    if (input.code.length > 16) remember('code', input.code);
    return (await this.data(LoginDocument, { input })).login;
  }

  /** Logs in and keeps the token; fails where the gateway refuses. */
  async loggedIn(code: string): Promise<this> {
    const login = await patiently(() => this.login({ code }));
    if (login.__typename !== 'LoginSuccess') throw new Error(`login gave ${login.__typename} ${login.code}`);
    this.token = login.token;
    remember('token', login.token);
    return this;
  }

  async decryptPhone(input: { encryptedData: string; iv: string }): Promise<DecryptPhoneMutation['decryptPhone']> {
    const { encryptedData, iv } = input;
    const { decryptPhone } = await this.data(DecryptPhoneDocument, { input: { encryptedData, iv } });
    if (decryptPhone.__typename === 'PhoneNumber') remember('phone number', decryptPhone.phoneNumber);
    return decryptPhone;
  }

  /** The proof of the decrypted number; null where there is none. */
  async proof(tap: { encryptedData: string; iv: string }): Promise<string | null> {
    const { encryptedData, iv } = tap;
    const answer = await this.data(DecryptPhoneWithProofDocument, { input: { encryptedData, iv } });
    return (answer.decryptPhone as ProofOf<DecryptPhoneWithProofMutation['decryptPhone']>).proof;
  }

  async exchangePhoneCode(code: string): Promise<ExchangePhoneCodeMutation['exchangePhoneCode']> {
    return (await this.data(ExchangePhoneCodeDocument, { input: { code } })).exchangePhoneCode;
  }

  async resolveCloudPhone(cloudId: string): Promise<ResolveCloudPhoneMutation['resolveCloudPhone']> {
    return (await this.data(ResolveCloudPhoneDocument, { input: { cloudId } })).resolveCloudPhone;
  }

  async checkSession(): Promise<CheckSessionQuery['checkSession']> {
    return (await this.data(CheckSessionDocument, {})).checkSession;
  }

  async session(): Promise<SessionQuery['session']> {
    return (await this.data(SessionDocument, {})).session;
  }

  /** The session with its proof, which is null if the gateway has no key. */
  async sessionWithProof(): Promise<Extract<SessionWithProofQuery['session'], { __typename: 'Session' }>> {
    const { session } = await this.data(SessionWithProofDocument, {});
    if (session.__typename !== 'Session') throw new Error(`session gave ${session.__typename} ${session.code}`);
    return session;
  }

  async logout(input?: { everywhere: boolean }): Promise<LogoutMutation['logout']> {
    return (await this.data(LogoutDocument, input === undefined ? {} : { input })).logout;
  }

  /** The data of an operation that must not have failed as a whole. */
  async data<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
    const { body, text } = await this.post<T>({ query: document.toString(), variables });
    if (body.data === undefined || body.data === null || body.errors !== undefined) throw new Error(text);
    return body.data;
  }

  /** Posts any body to /graphql. */
  async post<T>(body: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer<T>> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (/"errors"|"remedy"/.test(text)) collect('failures', `${text}\n`);
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as GraphqlAnswer<T> };
  }
}
