import { getIntrospectionQuery, type IntrospectionOptions } from 'graphql';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

/* Each of these would cost an upstream call, or many, if it ran. */

const CODE_2_SESSION = '/sns/jscode2session';
const TOO_MANY_MUTATIONS = 'An operation may have one root mutation field.';
const SAME_FIELD_TWICE = 'An operation may have each root field once.';

const login = (code: string) => `login(input:{code:"${code}"}){__typename}`;
const twoLogins = `a:${login('one')} b:${login('two')}`;
/** Fields inside each other, `levels` of them. */
const nested = (levels: number) =>
  Array.from({ length: levels }, (_, i) => `f${i}`).reduceRight((inner, name) => `{${name}${inner}}`, '');

let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

/** Posts the body, and expects a JSON error without any call of a resolver. */
async function expectRefused(body: unknown, message: string): Promise<void> {
  const before = running.simulator.faults.calls(CODE_2_SESSION);
  const answer = await running.client().post(body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.body.data ?? null).toBeNull();
  expect(answer.body.errors?.map((error) => error.message)).toContainEqual(expect.stringContaining(message));
  expect(running.simulator.faults.calls(CODE_2_SESSION)).toBe(before);
}

test('one root mutation field runs, for comparison with the rejected documents', async () => {
  const { simulator, app } = running;
  const before = simulator.faults.calls(CODE_2_SESSION);
  const query = `mutation{${login(simulator.world.login(app.appId, 'alice'))}}`;
  const { status, body } = await running.client().post({ query });
  expect({ status, body }).toEqual({ status: 200, body: { data: { login: { __typename: 'LoginSuccess' } } } });
  expect(simulator.faults.calls(CODE_2_SESSION)).toBe(before + 1);
});

test.each([
  ['directly', `mutation{${login('one')} logout{__typename}}`],
  ['of the same name', `mutation{${login('one')} ${login('one')}}`],
  ['under aliases', `mutation{${twoLogins}}`],
  ['in a fragment', `mutation{...F} fragment F on Mutation{${twoLogins}}`],
  [
    'in two fragments',
    `mutation{...F ...G} fragment F on Mutation{a:${login('one')}} fragment G on Mutation{b:${login('two')}}`,
  ],
  [
    'in a fragment of a fragment',
    `mutation{a:${login('one')} ...F} fragment F on Mutation{...G} fragment G on Mutation{b:${login('two')}}`,
  ],
  ['in an inline fragment', `mutation{...on Mutation{${twoLogins}}}`],
  ['in two inline fragments', `mutation{...on Mutation{a:${login('one')}} ...{b:${login('two')}}}`],
  [
    'in circular fragments',
    `mutation{...F} fragment F on Mutation{a:${login('one')} ...G} fragment G on Mutation{b:${login('two')} ...F}`,
  ],
  ['behind @include', `mutation{a:${login('one')} ...@include(if:true){b:${login('two')}}}`],
  ['in an operation that is not asked for', `query Q{session{__typename}} mutation M{${twoLogins}}`],
])('two root mutation fields are rejected: %s', (_where, query) =>
  expectRefused({ query, ...(query.startsWith('query Q') && { operationName: 'Q' }) }, TOO_MANY_MUTATIONS),
);

test.each([
  ['directly', '{session{__typename} session{__typename}}'],
  ['under an alias', '{session{__typename} again:session{__typename}}'],
  ['in a fragment', '{session{__typename} ...F} fragment F on Query{again:session{__typename}}'],
  ['in an inline fragment', '{session{__typename} ...{again:session{__typename}}}'],
])('the same root query field twice is rejected: %s', (_where, query) => expectRefused({ query }, SAME_FIELD_TWICE));

test.each([
  ['itself', 'fragment F on Mutation{...F}'],
  ['another', 'fragment F on Mutation{...G} fragment G on Mutation{...F}'],
  ['itself, after a field', `fragment F on Mutation{${login('one')} ...F}`],
])('a fragment that contains itself is rejected: through %s', (_through, fragments) =>
  expectRefused({ query: `mutation{...F} ${fragments}` }, 'Cannot spread fragment "F" within itself'),
);

test('a batch of any size is rejected', async () => {
  const operation = { query: `mutation{${login('one')}}` };
  for (const batch of [[], [operation], [operation, operation], Array.from({ length: 256 }, () => operation)]) {
    await expectRefused(batch, 'Operation batching is disabled.');
  }
});

const oneLogin = `mutation{${login('one')}}`;
/** The operation, padded to this length with text that costs no tokens. */
const padded = (bytes: number, filler: string) => oneLogin + filler.repeat(bytes - oneLogin.length);

test.each([
  ['spaces', padded(8193, ' ')],
  ['a comment', padded(8193, '#')],
  ['a comment of fewer characters than bytes', `${oneLogin}#${'\u00e9'.repeat(4096)}`],
  ['a literal', `mutation{${login('x'.repeat(8192))}}`],
])('a document over 8 KiB is rejected: %s', (_filler, query) => expectRefused({ query }, 'longer than 8192 bytes'));

test.each(['#', ' '])('a document of 8 KiB is not too long: filled with "%s"', async (filler) => {
  const { body } = await running.client().post({ query: padded(8192, filler) });
  expect(body).toEqual({ data: { login: { __typename: 'InvalidCodeError' } } });
});

test('a document over 500 tokens is rejected, and one of 500 is not', async () => {
  // {session{ … }} are 5 tokens, and SOF is not counted.
  const query = (tokens: number) => `{session{${'__typename '.repeat(tokens - 5)}}}`;
  await expectRefused({ query: query(501) }, 'Document contains more that 500 tokens.');
  expect((await running.client().post({ query: query(500) })).body.data).toBeDefined();
});

test.each([
  ['directly', nested(9)],
  ['through a fragment', `{f0{f1{...F}}} fragment F on Query${nested(7)}`],
  ['through fragments of fragments', `{f0{...F}} fragment F on Query{f1{...G}} fragment G on Query${nested(7)}`],
  ['through an inline fragment', `{f0{...on Query${nested(8)}}}`],
  ['beside circular fragments', `{...F} fragment F on Query{...F ...${nested(9)}}`],
])('a document deeper than 8 is rejected: %s', (_way, query) =>
  expectRefused({ query }, 'Query depth limit of 8 exceeded, found 9.'),
);

test('a document of depth 8 is not too deep', async () => {
  const { text } = await running.client().post({ query: nested(8) });
  expect(text).toContain('Cannot query field');
  expect(text).not.toContain('depth');
});

const everything: Required<IntrospectionOptions> = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
  experimentalDirectiveDeprecation: true,
  typeDepth: 9,
};

test('outside production the whole schema can be queried', async () => {
  const { status, body } = await running.client().post({ query: getIntrospectionQuery(everything) });
  expect(status).toBe(200);
  expect(body).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
});

describe('in production', () => {
  let production: RunningGateway;

  beforeAll(async () => {
    production = await runProductionGateway();
  });
  afterAll(() => production.gateway.stop());

  test.each([
    ['the whole of it', getIntrospectionQuery(everything)],
    ['its types', '{__schema{types{name}}}'],
    ['one type', '{__type(name:"Query"){name}}'],
    ['its types, beside a field that is allowed', '{session{__typename} s:__schema{types{name}}}'],
    ['its types, in a fragment', '{...F} fragment F on Query{__schema{types{name}}}'],
  ])('the schema is not revealed: %s', async (_part, query) => {
    const { status, body } = await production.client().post({ query });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors?.map((error) => error.message)).toContainEqual(
      expect.stringContaining('introspection is not allowed'),
    );
  });

  test('an error about a name suggests no other name', async () => {
    const { text } = await production.client().post({ query: '{sesion{__typename}}' });
    expect(text).toContain('Cannot query field');
    expect(text).not.toContain('session');
  });

  test('the limits apply as well', async () => {
    const { status, body } = await production.client().post({ query: `mutation{${twoLogins}}` });
    expect({ status, data: body.data }).toEqual({ status: 400, data: undefined });
    expect(production.simulator.faults.calls(CODE_2_SESSION)).toBe(0);
  });
});
