import { got, type HostileRequest, posted } from './hostile-request.js';

const MUTATION = 'mutation{login(input:{code:"code"}){__typename}}';
const WITH_INPUT = 'mutation($i:LoginInput!){login(input:$i){__typename}}';
const BAD = 'BAD_REQUEST';
const INPUT = 'BAD_USER_INPUT';
const mutation = JSON.stringify({ query: MUTATION });

/** A login with this text of JSON in the place of its input. */
const input = (what: string, value: string) =>
  posted(`variables: ${what}`, 400, INPUT, `{"query":"${WITH_INPUT}","variables":{"i":${value}}}`);
const members = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":1`).join(',');
const sentAs = (contentType: string, body: string, more: Record<string, string> = {}) =>
  posted(`a body of ${contentType}`, 415, BAD, body, { 'content-type': contentType, ...more });

/** Hostile requests: by variables, JSON, bytes, methods or types. */
export const requests: readonly HostileRequest[] = [
  input('lists inside lists', `${'['.repeat(16_000)}${']'.repeat(16_000)}`),
  input('objects inside objects', `${'{"code":'.repeat(3_600)}1${'}'.repeat(3_600)}`),
  input('a list of 15,000 values', `[${'1,'.repeat(15_000)}1]`),
  input('3,000 members that nobody asked for', `{${members(3_000)}}`),
  input('36 members that nobody asked for, beside a long one', `{${members(36)},"z":"${'x'.repeat(30_000)}"}`),
  input('60 members that nobody asked for', `{${members(60)}}`),
  input('a member with a long name', `{"${'x'.repeat(30_000)}":1}`),
  input('a member with a prototype name', '{"code":"c","constructor":1}'),
  input('a number that no float holds', '{"code":1e400}'),
  input('a number of 30,000 digits', `{"code":${'9'.repeat(30_000)}}`),
  input('an object with members of a text', '{"code":{"length":1,"toString":1}}'),
  posted(
    'variables: 3,000 that nobody declared',
    400,
    INPUT,
    `{"query":"{__typename}","variables":{${members(3_000)}}}`,
  ),
  posted('variables: a list', 400, BAD, `{"query":"${WITH_INPUT}","variables":["code"]}`),
  posted('variables: a text', 400, BAD, `{"query":"${WITH_INPUT}","variables":"code"}`),
  posted('extensions: a text', 400, BAD, '{"query":"{__typename}","extensions":"x"}'),
  posted(
    'extensions: lists inside lists',
    200,
    undefined,
    `{"query":"{__typename}","extensions":{"a":${'['.repeat(16_000)}${']'.repeat(16_000)}}}`,
  ),
  posted(
    'a persisted query that is not kept here',
    400,
    'PERSISTED_QUERY_NOT_SUPPORTED',
    '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}}',
  ),
  posted('an operation name that is an object', 400, BAD, '{"query":"{__typename}","operationName":{"a":1}}'),
  posted('a document that is a list', 400, BAD, '{"query":["{__typename}"]}'),
  posted('no document', 400, BAD, '{"variables":{}}'),
  posted('a batch of one', 400, BAD, `[${mutation}]`),
  posted('a batch of 400', 400, BAD, `[${Array.from({ length: 400 }, () => mutation).join(',')}]`),
  posted('an empty batch', 400, BAD, '[]'),
  posted('32 KiB of open lists', 400, BAD, '['.repeat(32_768)),
  posted('32 KiB of open objects', 400, BAD, '{"a":'.repeat(6_500)),
  posted('32 KiB of escapes', 400, 'GRAPHQL_PARSE_FAILED', `{"query":"${'\\u007b'.repeat(5_400)}"}`),
  posted('a megabyte of comments', 413, BAD, JSON.stringify({ query: `${MUTATION}#`.padEnd(1_048_576, '#') })),
  posted('a member __proto__', 400, BAD, `{"query":"${WITH_INPUT}","__proto__":{"variables":{"i":{"code":"c"}}}}`),
  posted(
    'a member constructor with a prototype',
    400,
    BAD,
    '{"query":"{__typename}","constructor":{"prototype":{"a":1}}}',
  ),
  // JSON.parse takes the last of the two. No proxy in front reads bodies, so there is no disagreement.
  posted('two documents in one body', 400, 'GRAPHQL_PARSE_FAILED', `{"query":${JSON.stringify(MUTATION)},"query":"{"}`),
  posted('a BOM before the JSON', 200, undefined, Buffer.from('\uFEFF{"query":"{__typename}"}')),
  posted('UTF-16', 400, BAD, Buffer.from(`\uFEFF${mutation}`, 'utf16le')),
  posted(
    'bytes that are not UTF-8',
    400,
    BAD,
    Buffer.concat([Buffer.from(mutation.slice(0, -2)), Buffer.of(0xff, 0xc0, 0xaf), Buffer.from('"}')]),
  ),
  posted('an empty body', 400, BAD, ''),
  posted('no content type', 415, BAD, mutation, {}),
  sentAs('text/plain', mutation),
  sentAs('text/plain;application/json', mutation),
  sentAs('application/x-www-form-urlencoded', `query=${encodeURIComponent(MUTATION)}`),
  sentAs(
    'multipart/form-data; boundary=b',
    `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${mutation}\r\n--b--\r\n`,
    { 'apollo-require-preflight': 'true' },
  ),
  got('a mutation by GET', MUTATION),
  got('a query by GET', '{session{__typename}}'),
];
