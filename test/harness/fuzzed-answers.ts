import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** Stands in an answer for the openid of whoever asks; as long as one. */
export const OPENID = 'o-the-one-who-asks-for-this-';
/** In answers that belong to nobody. */
const STRANGER = 'o-somebody-elses-openid-here';
export const SESSION_KEY = 'tiihtNczf5v6AKRyjwEUhQ==';

/** Bytes that a server sends in answer to code2Session. */
export interface FuzzedAnswer {
  readonly family: string;
  /** HTTP or not; OPENID is to be replaced. */
  readonly bytes: Buffer;
  /** Whether a session must come of it, or must not; `may`: it is there to be read, in a wrapping that lies. */
  readonly session: 'must' | 'may' | 'must not';
  /** Whether the server hangs up after it. */
  readonly hangsUp: boolean;
}

type Unframed = Omit<FuzzedAnswer, 'family' | 'hangsUp'>;

const good = { openid: OPENID, session_key: SESSION_KEY };
const goodText = JSON.stringify(good);

function http(
  body: Buffer | string,
  { status = '200 OK', headers = [] as string[], length = Buffer.byteLength(body) } = {},
) {
  const head = [`HTTP/1.1 ${status}`, `content-length: ${length}`, ...headers].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
}

const garbage = (bytes: Buffer): Unframed => ({ bytes, session: 'must not' });
const body = (value: unknown): Unframed => garbage(http(JSON.stringify(value)));
const junk = fc.jsonValue({ maxDepth: 4 });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const keyOf = (length: number) => Buffer.alloc(length, 7).toString('base64');
const hugeNumber = fc.constantFrom('1e999', '-1e999', '9'.repeat(400), '1e-999', '9007199254740993', '0.1', '1e400000');

const families: Record<string, fc.Arbitrary<Unframed>> = {
  'a session': junk.map((more) => ({ bytes: http(JSON.stringify({ more, ...good })), session: 'must' })),
  'random bytes for a body': bytes(300).map((random) => garbage(http(random))),
  'random bytes for HTTP': bytes(300).map((random) => garbage(Buffer.concat([random, Buffer.from('\r\n\r\n')]))),
  'random JSON': junk.map(body),
  'half a session': fc.nat(goodText.length - 2).map((end) => garbage(http(goodText.slice(0, end)))),
  'an openid that is none': fc
    .oneof(
      junk.filter((value) => typeof value !== 'string'),
      fc.constantFrom('', 'o x', 'o:x', 'é', 'o'.repeat(129), `${OPENID}\n`),
    )
    .map((openid) => body({ ...good, openid })),
  'a session key that is none': fc
    .oneof(
      junk.filter((value) => typeof value !== 'string'),
      fc
        .nat(64)
        .filter((length) => length !== 16)
        .map(keyOf),
      fc.constantFrom(
        SESSION_KEY.slice(0, -2),
        ` ${SESSION_KEY}`,
        `${SESSION_KEY}=`,
        SESSION_KEY.replace('Q==', 'R=='),
        SESSION_KEY.replace('z', '-'),
        '='.repeat(24),
      ),
    )
    .map((key) => body({ ...good, session_key: key })),
  'a unionid that is none': fc
    .oneof(
      junk.filter((value) => value !== null && typeof value !== 'string'),
      fc.constantFrom('u 1', 'u'.repeat(129)),
    )
    .map((unionid) => body({ ...good, unionid })),
  'an errcode beside a session': fc
    .oneof(
      fc.integer().filter((errcode) => errcode !== 0),
      junk.filter((value) => value !== 0),
    )
    .map((errcode) => body({ ...good, errcode })),
  'a known errcode': fc
    .constantFrom(-1, 40029, 40163, 40226, 45011, 45009, 40013, 40125, 40164, 41002, 40001)
    .map((errcode) => body({ errcode })),
  'a huge number': hugeNumber.map((number) =>
    garbage(http(`{"errcode":${number},${goodText.slice(1)}`.replace('"errcode":1e-999', '"errcode":1'))),
  ),
  'deep nesting': fc
    .integer({ min: 10, max: 4_000 })
    .map((depth) => garbage(http('['.repeat(depth) + ']'.repeat(depth)))),
  'prototype names': fc
    .constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty')
    .map((name) => garbage(http(`{"${name}":${goodText},"errcode":0}`))),
  'invalid UTF-8': fc.constantFrom('openid', 'session_key').map((name) => {
    const text = JSON.stringify({ ...good, [name]: '@@@@' });
    return garbage(http(Buffer.from(text.replace('@@@@', '\xff\xc0\x80\xfe'), 'latin1')));
  }),
  'a gzip header without gzip': fc.constant({
    bytes: http(goodText, { headers: ['content-encoding: gzip'] }),
    session: 'may',
  }),
  'gzip that nobody asked for': fc.constant(garbage(http(gzipSync(goodText), { headers: ['content-encoding: gzip'] }))),
  'a length that is too short': fc.nat(goodText.length - 2).map((length) => garbage(http(goodText, { length }))),
  'a length that is too long': fc
    .integer({ min: 1, max: 1e6 })
    .map((more) => garbage(http(goodText, { length: goodText.length + more }))),
  'two lengths': fc
    .nat(500)
    .filter((length) => length !== goodText.length)
    .map((length) => garbage(http(goodText, { headers: [`content-length: ${length}`] }))),
  'a length that is no number': fc
    .constantFrom('-1', '1e3', '0x10', '99999999999999999999', ' ')
    .map((length) => garbage(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${goodText}`))),
  'headers twice, and many': fc.integer({ min: 1, max: 100 }).map((count) => ({
    bytes: http(goodText, {
      headers: Array.from({ length: count }, () => 'content-type: text/plain\r\nset-cookie: a=b'),
    }),
    session: 'must',
  })),
  'a head that is too long': fc
    .integer({ min: 17_000, max: 40_000 })
    .map((length) => garbage(http(goodText, { headers: [`x: ${'y'.repeat(length)}`] }))),
  'a body that is too long': fc
    .integer({ min: 8_193, max: 60_000 })
    .map((length) => garbage(http(goodText.padEnd(length)))),
  'chunks that are none': bytes(40).map((random) =>
    garbage(
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'),
        random,
        Buffer.from('\r\n'),
      ]),
    ),
  ),
  'another status': fc
    .constantFrom(
      '201 Created',
      '204 No Content',
      '301 Moved',
      '304 Not Modified',
      '400 Bad',
      '404 No',
      '500 Oops',
      '502 Bad',
      '999 What',
      '101 Switching Protocols',
    )
    .map((status) => garbage(http(goodText, { status }))),
  'a status that is none': fc
    .constantFrom('0 OK', '20 OK', '-200 OK', 'OK', '2000 OK', '200')
    .map((status) => garbage(Buffer.from(`HTTP/1.1 ${status}x\r\n\r\n`))),
  'another version': fc
    .constantFrom('HTTP/0.9', 'HTTP/9.9', 'HTTP/2', 'ICY', 'http/1.1', '')
    .map((version) => ({ bytes: Buffer.from(`${version} 200 OK\r\n\r\n${goodText}`), session: 'may' })),
  'answers before the answer': fc.integer({ min: 1, max: 20 }).map((count) => ({
    bytes: Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(count)), http(goodText)]),
    session: 'must',
  })),
  "an answer that nobody asked for, behind one's own": fc.constant({
    bytes: Buffer.concat([http(goodText), http(goodText.replace(OPENID, STRANGER))]),
    session: 'must',
  }),
};

/** The same answers for the same seed. */
export function fuzzedAnswers(seed: number, count: number): FuzzedAnswer[] {
  const any = fc.oneof(
    ...Object.entries(families).map(([family, arbitrary]) =>
      fc.tuple(arbitrary, fc.boolean()).map(([answer, hangsUp]) => ({ family, hangsUp, ...answer })),
    ),
  );
  return fc.sample(any, { seed, numRuns: count });
}
