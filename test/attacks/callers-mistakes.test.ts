import type { HttpAnswer } from '../harness/gateway-client.js';
import { parsedLines } from '../harness/log-lines.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';

/*
 * Errors that graphql-js raises during execution have no code. They once counted as bugs of the gateway, so that anyone
 * could log a kilobyte with a request of a quarter of that.
 */

/** Numeric level of pino. */
const WARN = 40;
/** Bytes of the shortest head that a POST can have. */
const HEAD = 80;

let running: RunningGateway;
beforeEach(async () => {
  running = await runProductionGateway();
});
afterEach(() => running.gateway.stop());

type Mistake = readonly [what: string, query: string, variables: Readonly<Record<string, unknown>>];

const mistakes: readonly Mistake[] = [
  ['a code', 'mutation($c:String="x"){login(input:{code:$c}){__typename}}', { c: null }],
  ['the input of a login', 'mutation($i:LoginInput={code:"x"}){login(input:$i){__typename}}', { i: null }],
  ['@include on a root field', 'query($s:Boolean=true){session @include(if:$s){__typename}}', { s: null }],
  ['@skip on a root field', 'query($s:Boolean=true){session @skip(if:$s){__typename}}', { s: null }],
  ['@include inside', 'query($s:Boolean=true){session{__typename @include(if:$s)}}', { s: null }],
  ['@skip on a fragment', 'query($s:Boolean=true){session{...@skip(if:$s){__typename}}}', { s: null }],
  [
    '@include on a named fragment',
    'query($s:Boolean=true){session{...F@include(if:$s)}} fragment F on UserError{code}',
    { s: null },
  ],
  ['everywhere', 'mutation($e:Boolean=false){logout(input:{everywhere:$e}){__typename}}', { e: null }],
  ['everywhere, without a default', 'mutation($e:Boolean){logout(input:{everywhere:$e}){__typename}}', { e: null }],
  [
    'encryptedData',
    'mutation($v:Base64="AAAA"){decryptPhone(input:{encryptedData:$v,iv:"AAAA"}){__typename}}',
    { v: null },
  ],
  ['an iv', 'mutation($v:Base64="AAAA"){decryptPhone(input:{encryptedData:"AAAA",iv:$v}){__typename}}', { v: null }],
  ['the code of a tap', 'mutation($c:String="x"){exchangePhoneCode(input:{code:$c}){__typename}}', { c: null }],
  ['a cloudID', 'mutation($c:String="x"){resolveCloudPhone(input:{cloudId:$c}){__typename}}', { c: null }],
];

const linesOfErrors = () => parsedLines(running.logLines).filter(({ level }) => Number(level) >= WARN);
const loggedBytes = () => running.logLines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

/** Sends the same request this often; returns the answers, and the bytes that it took to send them. */
async function repeat(times: number, body: object): Promise<{ answers: HttpAnswer<unknown>[]; sent: number }> {
  const answers: HttpAnswer<unknown>[] = [];
  for (let i = 0; i < times; i += 1) answers.push(await running.client().post(body));
  return { answers, sent: times * (HEAD + JSON.stringify(body).length) };
}

test.each(mistakes)('null for %s is BAD_USER_INPUT and is not logged', async (_what, query, variables) => {
  const before = running.logLines.length;
  const { answers } = await repeat(5, { query, variables });
  for (const { body } of answers) {
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(body.errors?.[0]?.message).not.toContain('Internal server error');
    expect(body.errors?.[0]?.extensions).not.toHaveProperty('requestId');
  }
  expect(running.logLines.length).toBe(before);
});

test('the default of such a variable holds if it is left out', async () => {
  const [, query = ''] = mistakes.find(([what]) => what === '@skip on a root field') ?? [];
  const { body } = await running.client().post({ query });
  expect(body).toEqual({ data: {} });
});

test.each<readonly [what: string, body: object]>([
  ...mistakes.map(([what, query, variables]) => [`null for ${what}`, { query, variables }] as const),
  ['a document that does not parse', { query: '{' }],
  ['an operation that is not there', { query: '{__typename}', operationName: 'Other' }],
  ['a subscription', { query: 'subscription{session}' }],
  [
    'a list for an object',
    { query: 'mutation($i:LoginInput!){login(input:$i){__typename}}', variables: { i: [1, 2, 3] } },
  ],
  ['a bad code', { query: 'mutation{login(input:{code:"bad"}){__typename}}' }],
  ['data of a stranger', { query: 'mutation{decryptPhone(input:{encryptedData:"AAAA",iv:"AAAA"}){__typename}}' }],
])('a client without a session cannot log more bytes than it sends: %s', async (_what, body) => {
  const before = loggedBytes();
  const { sent } = await repeat(30, body);
  expect(loggedBytes() - before).toBeLessThan(sent);
});

test('a repeated error of the gateway is logged once and then counted', async () => {
  const times = 200;
  running.simulator.faults.add(
    '/sns/jscode2session',
    Array.from({ length: times }, () => ({ errcode: 40125 })),
  );
  const before = loggedBytes();
  let sent = 0;
  for (let i = 0; i < times; i += 1) {
    const query = `mutation{login(input:{code:"${i}"}){__typename}}`;
    sent += (await repeat(1, { query })).sent;
  }
  expect(linesOfErrors().length).toBeGreaterThan(0);
  expect(linesOfErrors().length).toBeLessThan(times / 4);
  expect(loggedBytes() - before).toBeLessThan(sent);
});
