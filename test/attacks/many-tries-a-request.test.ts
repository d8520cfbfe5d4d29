import { randomBytes } from 'node:crypto';
import type { GatewayClient } from '../harness/gateway-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

const LIMIT = 3;

let running: RunningGateway;
let mallory: GatewayClient;

beforeEach(async () => {
  running = await runGateway({ DECRYPT_FAILURE_LIMIT: String(LIMIT) });
  mallory = await running.loggedIn('mallory');
});
afterEach(() => running.gateway.stop());

const input = () => ({
  encryptedData: randomBytes(112).toString('base64'),
  iv: randomBytes(16).toString('base64'),
});
const literal = () => {
  const { encryptedData, iv } = input();
  return `{encryptedData: "${encryptedData}", iv: "${iv}"}`;
};
const one = (directive = '') => `decryptPhone(input: ${literal()}) ${directive} { __typename }`;
const numbered = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i));

/** `count` aliases of decryptPhone whose inputs are variables, so that the document stays small. */
function aliased(count: number): object {
  const aliases = numbered(count, (i) => `a${i}: decryptPhone(input: $i) { __typename }`).join(' ');
  return { query: `mutation ($i: DecryptPhoneInput!) { ${aliases} }`, variables: { i: input() } };
}

const ONE_ROOT_FIELD = 'An operation may have one root mutation field.';

test.each<[string, string | RegExp, () => object]>([
  ['two aliases', ONE_ROOT_FIELD, () => ({ query: `mutation { a: ${one()} b: ${one()} }` })],
  [
    'ten aliases, each with its own input',
    ONE_ROOT_FIELD,
    () => ({ query: `mutation { ${numbered(10, (i) => `a${i}: ${one()}`).join(' ')} }` }),
  ],
  ['30 aliases of one input', ONE_ROOT_FIELD, () => aliased(30)],
  ['60 aliases of one input', /token/, () => aliased(60)],
  ['256 aliases of one input', /longer than 8192 bytes/, () => aliased(256)],
  [
    'aliases in inline fragments',
    ONE_ROOT_FIELD,
    () => ({ query: `mutation { ... { a: ${one()} } ... on Mutation { b: ${one()} } }` }),
  ],
  [
    'aliases in a named fragment',
    ONE_ROOT_FIELD,
    () => ({ query: `mutation { ...Tries } fragment Tries on Mutation { a: ${one()} b: ${one()} }` }),
  ],
  [
    'one alias outside a fragment and one inside a fragment of a fragment',
    ONE_ROOT_FIELD,
    () => ({
      query: `mutation { a: ${one()} ...A } fragment A on Mutation { ...B } fragment B on Mutation { b: ${one()} }`,
    }),
  ],
  [
    'aliases under a directive',
    ONE_ROOT_FIELD,
    () => ({ query: `mutation ($yes: Boolean = true) { a: ${one()} b: ${one('@include(if: $yes)')} }` }),
  ],
  ['a second, other mutation', ONE_ROOT_FIELD, () => ({ query: `mutation { a: ${one()} logout { __typename } }` })],
  [
    'an array of operations',
    /batch/i,
    () => numbered(LIMIT, () => `mutation { ${one()} }`).map((query) => ({ query })),
  ],
  ['an array of one operation', /batch/i, () => [{ query: `mutation { ${one()} }` }]],
])('a request is rejected before any attempt: %s', async (_name, reason, body) => {
  const refused = await mallory.post(body());

  expect(refused.status).toBe(400);
  expect(refused.body.data).toBeUndefined();
  expect(refused.body.errors?.[0]?.message).toMatch(reason);
  await expectWholeBudget();
});

test('of two operations in one document, only the named one runs', async () => {
  const query = `mutation A { ${one()} } mutation B { ${one()} }`;
  expect((await mallory.post({ query })).status).toBe(400);
  await expectWholeBudget();
});

test('a mutation is not run by GET', async () => {
  const query = encodeURIComponent(`mutation { ${one()} }`);
  const response = await fetch(`${running.gateway.url}/graphql?query=${query}`, {
    headers: { authorization: `Bearer ${mallory.token ?? ''}`, 'apollo-require-preflight': 'yes' },
  });
  expect(response.status).toBe(405);
  await expectWholeBudget();
});

test.each([
  ['data that is too short', { encryptedData: Buffer.alloc(96).toString('base64') }],
  ['data that is too long', { encryptedData: Buffer.alloc(272).toString('base64') }],
  ['data of broken blocks', { encryptedData: Buffer.alloc(113).toString('base64') }],
  ['an iv that is too short', { iv: Buffer.alloc(15).toString('base64') }],
  ['data that is not Base64', { encryptedData: 'not Base64' }],
])('malformed input costs no attempt: %s', async (_name, malformed) => {
  const query = 'mutation ($i: DecryptPhoneInput!) { decryptPhone(input: $i) { __typename } }';
  const { body } = await mallory.post({ query, variables: { i: { ...input(), ...malformed } } });
  expect(body.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  await expectWholeBudget();
});

/** Expects that every attempt of the window is left. */
async function expectWholeBudget(): Promise<void> {
  const answers: string[] = [];
  for (let i = 0; i <= LIMIT; i += 1) answers.push((await mallory.decryptPhone(input())).__typename);
  expect(answers).toEqual([...numbered(LIMIT, () => 'InvalidSessionError'), 'RateLimitedError']);
}
