import type { Request } from 'autocannon';
import {
  DecryptPhoneDocument,
  DecryptPhoneWithProofDocument,
  LoginDocument,
  SessionDocument,
} from '../../src/client/generated/graphql.js';
import { encryptOpenData } from '../../src/simulator/open-data.js';
import { APP_ID, loginCode, person, personOfCode } from './people.js';

export const OPERATIONS = ['decryptPhone', 'decryptPhoneWithProof', 'session', 'login'] as const;
export type Operation = (typeof OPERATIONS)[number];

const DOCUMENTS: Readonly<Record<Operation, string>> = {
  decryptPhone: DecryptPhoneDocument.toString(),
  decryptPhoneWithProof: DecryptPhoneWithProofDocument.toString(),
  session: SessionDocument.toString(),
  login: LoginDocument.toString(),
};

/** Someone who is logged in at one server. */
export interface LoggedIn {
  readonly name: string;
  readonly token: string;
  readonly appId: string;
  /** Which of their session keys is the current one. */
  readonly key: number;
}

/** A request with what makes its answer the right one. */
export interface Task {
  readonly request: Request;
  /** How the body of the right answer begins, and what it holds further on. */
  readonly starts: string;
  readonly holds: string;
}

let serial = 0;

export function isRight(body: string, { starts, holds }: Task): boolean {
  return body.startsWith(starts) && body.includes(holds, starts.length);
}

/** A login of this user with a code that was never used before. */
export function loginTask(path: string, name: string, appId = APP_ID, key = 0): Task {
  const code = loginCode(name, (serial += 1), key);
  return {
    request: post(path, DOCUMENTS.login, { input: { code, appId } }),
    starts: '{"data":{"login":{"__typename":"LoginSuccess","token":"',
    holds: `"openId":"${personOfCode(code).openId}","unionId":"${personOfCode(code).unionId}"`,
  };
}

/** The token in the right answer to a login. */
export function tokenIn(answer: string): string {
  return (JSON.parse(answer) as { data: { login: { token: string } } }).data.login.token;
}

export function sessionTask(path: string, { name, token, appId }: LoggedIn): Task {
  const { openId, unionId } = person(name);
  return {
    request: post(path, DOCUMENTS.session, {}, token),
    starts: `{"data":{"session":{"__typename":"Session","appId":"${appId}","openId":"${openId}","unionId":"${unionId}"`,
    holds: '"expiresAt":"',
  };
}

/** A document that Weixin encrypted for this user just now. */
export function decryptPhoneTask(path: string, { name, token, appId, key }: LoggedIn, withProof: boolean): Task {
  const { phoneNumber, sessionKey } = person(name, key);
  const numbers = { phoneNumber, purePhoneNumber: phoneNumber, countryCode: '86' };
  const timestamp = Math.floor(Date.now() / 1000);
  const input = encryptOpenData(sessionKey, { ...numbers, watermark: { timestamp, appid: appId } });
  const watermark = { appId, timestamp };
  const fields = JSON.stringify({ __typename: 'PhoneNumber', ...numbers, e164: `+86${phoneNumber}`, watermark });
  return {
    request: post(path, DOCUMENTS[withProof ? 'decryptPhoneWithProof' : 'decryptPhone'], { input }, token),
    starts: `{"data":{"decryptPhone":${fields.slice(0, -1)}${withProof ? ',"proof":"ey' : '}}}'}`,
    holds: '',
  };
}

/** @param ends how many sessions it should end */
export function logoutTask(path: string, { token }: LoggedIn, ends: number, everywhere: boolean): Task {
  return {
    request: post(path, LOGOUT, { input: { everywhere } }, token),
    starts: `{"data":{"logout":{"__typename":"LogoutSuccess","sessionsEnded":${ends}}`,
    holds: '',
  };
}

function post(path: string, query: string, variables: object, token?: string): Request {
  return {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  };
}

const LOGOUT =
  'mutation Logout($input: LogoutInput!) { logout(input: $input) { __typename ... on LogoutSuccess { sessionsEnded } } }';
