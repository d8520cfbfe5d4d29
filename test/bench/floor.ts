/**
 * The floor: the same four operations on bare node:http, without GraphQL and without a protection. It reads the body,
 * makes the same AES call, the same call to Weixin, and answers the same JSON. Run as a process of its own.
 *
 * Argument: the origin of Weixin.
 */
import { createDecipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { listening } from './listening.js';
import { APP_ID, APP_SECRET } from './people.js';

interface FloorSession {
  readonly openId: string;
  readonly unionId: string;
  readonly key: Buffer;
  readonly createdAt: number;
}

interface PhoneDocument {
  readonly phoneNumber: string;
  readonly purePhoneNumber: string;
  readonly countryCode: string;
  readonly watermark: { readonly appid: string; readonly timestamp: number };
}

interface Body {
  readonly variables: {
    readonly input: { readonly code: string; readonly encryptedData: string; readonly iv: string };
  };
}

const origin = process.argv[2] ?? '';
const agent = new Agent({ connections: 64 });
const sessions = new Map<string, FloorSession>();
const { privateKey } = generateKeyPairSync('ed25519');
const PROOF_HEADER = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'JWT' })).toString('base64url');

const operations: Readonly<Record<string, (session: FloorSession | undefined, body: Body) => unknown>> = {
  '/login': (_session, body) => login(body.variables.input.code),
  '/session': (session) => ({ session: { __typename: 'Session', ...(session && publicSession(session)) } }),
  '/decryptPhone': (session, body) => ({ decryptPhone: session && phoneNumber(session, body, false) }),
  '/decryptPhoneWithProof': (session, body) => ({ decryptPhone: session && phoneNumber(session, body, true) }),
};

listening((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(request, response, chunks));
});

async function answer(request: IncomingMessage, response: ServerResponse, chunks: Buffer[]): Promise<void> {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  const body = JSON.parse(bytes.toString()) as Body;
  const session = sessions.get((request.headers.authorization ?? '').slice('Bearer '.length));
  const worked = operations[request.url ?? '']?.(session, body);
  const data = worked instanceof Promise ? ((await worked) as unknown) : worked;
  const text = JSON.stringify({ data });
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

async function login(code: string): Promise<object> {
  const answered = await agent.request({
    origin,
    method: 'GET',
    path: '/sns/jscode2session',
    query: { appid: APP_ID, secret: APP_SECRET, js_code: code, grant_type: 'authorization_code' },
  });
  const known = (await answered.body.json()) as { openid: string; unionid: string; session_key: string };
  const session = {
    openId: known.openid,
    unionId: known.unionid,
    key: Buffer.from(known.session_key, 'base64'),
    createdAt: Date.now(),
  };
  const token = randomBytes(32).toString('base64url');
  sessions.set(token, session);
  return { login: { __typename: 'LoginSuccess', token, session: publicSession(session) } };
}

function publicSession({ openId, unionId, createdAt }: FloorSession): object {
  return {
    appId: APP_ID,
    openId,
    unionId,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(createdAt + 604_800_000).toISOString(),
  };
}

function phoneNumber({ key, openId }: FloorSession, { variables: { input } }: Body, withProof: boolean): object {
  const padded = createDecipheriv('aes-128-cbc', key, Buffer.from(input.iv, 'base64'))
    .setAutoPadding(false)
    .update(Buffer.from(input.encryptedData, 'base64'));
  const padding = padded.at(-1) ?? 0;
  const document = JSON.parse(padded.toString('latin1', 0, padded.length - padding)) as PhoneDocument;
  const { phoneNumber: number, purePhoneNumber, countryCode, watermark } = document;
  const e164 = `+${countryCode}${purePhoneNumber}`;
  return {
    __typename: 'PhoneNumber',
    phoneNumber: number,
    purePhoneNumber,
    countryCode,
    e164,
    watermark: { appId: watermark.appid, timestamp: watermark.timestamp },
    ...(withProof && { proof: proof(openId, e164, watermark.timestamp) }),
  };
}

function proof(openId: string, e164: string, issuedAt: number): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    phone_number: e164,
    phone_number_issued_at: issuedAt,
    aud: APP_ID,
    sub: openId,
    iat: now,
    exp: now + 300,
  };
  const signed = `${PROOF_HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}
