import type { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { buildGatewaySchema, type SchemaServices } from '../../src/graphql/schema.js';
import { createApolloServer } from '../../src/graphql/execution/apollo-server.js';
import type { RequestContext } from '../../src/graphql/request-context.js';
import { noMetrics } from '../../src/domain/metrics.js';
import { fail, succeed } from '../../src/domain/result.js';
import { parsedLines } from '../harness/log-lines.js';
import { recordedLog } from '../harness/recorded-log.js';
import { shippedOperations } from '../harness/schema-files.js';

/*
 * Compiling a document must not change its answers. Each request below is sent to a pipeline that compiles, and to one
 * in which graphql-js executes everything, more often than compiling takes. Status, body and log must be the same.
 */

const TIMES = 4;
const SESSION = { appId: 'wxde00000000000000', openId: 'o', unionId: null, createdAt: 0, expiresAt: 1000 };
const WATERMARK = { appId: SESSION.appId, timestamp: 1477314187 };
const NUMBER = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
const PHONE = { ...NUMBER, e164: '+8613580006666', watermark: WATERMARK, source: 'CODE', owner: SESSION };

/** Result of the services by token: a success, an expected failure, or a bug. */
const OUTCOMES: Readonly<Record<string, (value: unknown) => unknown>> = {
  fine: (value) => succeed(value),
  'logged out': () => fail({ code: 'NOT_LOGGED_IN' }),
  mismatch: () => fail({ code: 'KEY_MISMATCH' }),
  old: () => fail({ code: 'TOO_OLD' }),
  used: () => fail({ code: 'CODE_ALREADY_USED', origin: 'TAP' }),
  limited: () => fail({ code: 'RATE_LIMITED', retryAfterSeconds: 7 }),
  busy: () => fail({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 }),
  bug: () => {
    throw new Error('a bug');
  },
};

let outcome = 'fine';
const gives = (value: unknown) => async () => OUTCOMES[outcome]?.(value);
const services = {
  sessions: {
    authenticate: async () =>
      outcome === 'logged out' || outcome === 'bug' ? OUTCOMES[outcome]?.(0) : succeed(SESSION),
    login: gives({ token: 't', session: SESSION }),
    logout: gives(1),
    isKeyCurrent: gives(true),
  },
  phones: { decrypt: gives(PHONE), exchange: gives(PHONE), resolve: gives(PHONE) },
  proofs: { sign: async () => 'proof' },
  apps: new Map([[SESSION.appId, { appId: SESSION.appId }]]),
  metrics: noMetrics,
} as unknown as SchemaServices;

interface Pipeline {
  readonly apollo: ApolloServer<RequestContext>;
  readonly lines: string[];
}
let compiling: Pipeline;
let interpreting: Pipeline;

async function pipeline(compiled: boolean): Promise<Pipeline> {
  const { log, lines } = recordedLog();
  const schema = await buildGatewaySchema(services);
  const apollo = createApolloServer({ schema, log, introspection: false, compiled });
  await apollo.start();
  return { apollo, lines };
}
beforeAll(async () => {
  [compiling, interpreting] = [await pipeline(true), await pipeline(false)];
});
afterAll(() => Promise.all([compiling.apollo.stop(), interpreting.apollo.stop()]));

const context = {
  token: 't',
  authorizationProblem: () => undefined,
  requestId: 'the request id',
  traceparent: () => undefined,
  clientAddress: () => '127.0.0.1',
} as unknown as RequestContext;

async function answer({ apollo, lines }: Pipeline, query: string, variables: Record<string, unknown>) {
  const before = lines.length;
  const { http, body } = await apollo.executeOperation({ query, variables }, { contextValue: context });
  const logged = parsedLines(lines.slice(before)).map(({ level, msg, requestId }) => ({ level, msg, requestId }));
  if (body.kind !== 'single') throw new Error('The schema has no incremental delivery.');
  const { errors, data } = body.singleResult;
  return { status: http.status, text: JSON.stringify({ errors, data }), logged };
}

async function expectSameAnswers(query: string, variables: Record<string, unknown>): Promise<void> {
  for (let i = 0; i < TIMES; i += 1) {
    expect(await answer(compiling, query, variables)).toEqual(await answer(interpreting, query, variables));
  }
}

const GARBLED = { encryptedData: Buffer.alloc(144, 7).toString('base64'), iv: Buffer.alloc(16, 7).toString('base64') };
const RIGHT: Readonly<Record<string, object>> = {
  login: { code: 'c' },
  'decrypt-phone': GARBLED,
  'decrypt-phone-with-proof': GARBLED,
  'resolve-cloud-phone': { cloudId: 'c' },
  'resolve-cloud-phone-with-proof': { cloudId: 'c' },
};
const inputOf = (name: string) => RIGHT[name] ?? { code: 'c' };
const takesInput = (document: string) => document.includes('$input');

/** Which outcomes an operation's union has members for, beside a success, a lost store and a bug. */
const EXPECTED: readonly (readonly [name: RegExp, outcomes: readonly string[]])[] = [
  [/^login/, ['used', 'limited']],
  [/^session/, ['logged out']],
  [/^check-session/, ['logged out', 'limited']],
  [/^decrypt/, ['logged out', 'mismatch', 'old', 'limited']],
  [/^(exchange|resolve)/, ['logged out', 'used', 'old', 'limited']],
];
const outcomesOf = (name: string) => [
  ...['fine', 'busy', 'bug'],
  ...EXPECTED.flatMap(([pattern, outcomes]) => (pattern.test(name) ? outcomes : [])),
];

describe.each(shippedOperations())('%s', (name, document) => {
  test.each(outcomesOf(name))('if the services say %s', async (said) => {
    outcome = said;
    await expectSameAnswers(document, takesInput(document) && name !== 'logout' ? { input: inputOf(name) } : {});
  });
});

const INPUTS: readonly unknown[] = [
  ...[undefined, null, [], [{}], 'text', 7, true, {}],
  ...[{ code: null }, { code: 7 }, { code: ['c'] }, { code: 'c', other: 1 }, { code: 'c', appId: 7.5 }],
  ...[
    { code: 'c', nonce: {} },
    { code: 'c', nonce: 'a b' },
    { code: 'c', appId: 'wxffffffffffffffff' },
  ],
  ...[
    { ...GARBLED, iv: 7 },
    { ...GARBLED, iv: 'AAAA' },
    { ...GARBLED, encryptedData: null },
  ],
  ...[{ everywhere: null }, { everywhere: 'yes' }, { everywhere: true }, { everywhere: false, other: 1 }],
];
const operations = new Map(shippedOperations());
test.each(['login', 'decrypt-phone', 'logout'].flatMap((name) => INPUTS.map((input) => [name, input] as const)))(
  '%s with the input %j',
  async (name, input) => {
    outcome = 'fine';
    await expectSameAnswers(operations.get(name) ?? '', input === undefined ? {} : { input });
  },
);

test.each([
  '{__typename}',
  '{session{...on Session{appId}...on InvalidSessionError{code code}}}',
  '{session{...on UserError{...on InvalidSessionError{remedy}message}}}',
  '{session{...{__typename}}}',
  '{session{...F}} fragment F on Session{appId ...G} fragment G on Session{openId}',
  '{session{...F ...F}} fragment F on UserError{code}',
  '{session{...toString}} fragment toString on Session{appId}',
  'query constructor{session{__typename}}',
  'query($constructor:Boolean!){session{__typename}}',
  'query($yes:Boolean=true){session @include(if:$yes){__typename}}',
  'mutation($input:LogoutInput={everywhere:true}){logout(input:$input){__typename}}',
  'mutation($input:LogoutInput!){logout(input:$input){__typename}}',
  'mutation{logout(input:null){__typename}}',
])('the document %s', async (query) => {
  outcome = 'fine';
  await expectSameAnswers(query, {});
});

/** Names that a plain object has without being given them. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

test('variables, operations and fragments named like members of Object.prototype, given or not', async () => {
  outcome = 'fine';
  const name = fc.constantFrom(...INHERITED, 'input', 'prototype', 'length');
  const given = fc.constantFrom<unknown>(undefined, null, { everywhere: true }, { everywhere: null }, {}, 'text');
  const type = fc.constantFrom('LogoutInput', 'LogoutInput!');
  await fc.assert(
    fc.asyncProperty(name, name, name, type, given, async (variable, operation, fragment, of, value) => {
      const query = `mutation ${operation}($${variable}:${of}){logout(input:$${variable}){...${fragment}}} fragment ${fragment} on LogoutSuccess{sessionsEnded}`;
      // Without a prototype, as JSON.parse would never make one named __proto__.
      const variables = Object.assign(Object.create(null) as object, value === undefined ? {} : { [variable]: value });
      await expectSameAnswers(query, variables);
    }),
    { numRuns: 150 },
  );
});
