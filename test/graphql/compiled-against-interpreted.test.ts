import * as fc from 'fast-check';
import { objectPrototypeNames } from '../harness/object-prototype-names.js';
import { type RunningGateway, runTwins } from '../harness/running-gateway.js';

/*
 * A document that comes often runs as generated code, and gives what graphql-js gives. Here documents are made up: fields,
 * variables and their values at random, with names that a lookup in an object could take for something else.
 */

/** Uses of one document; it is compiled at the third. */
const USES = 4;

let twins: readonly [RunningGateway, RunningGateway];
beforeAll(async () => {
  twins = await runTwins();
});
afterAll(() => twins[0].gateway.stop());

const name = fc.oneof(
  fc.constantFrom(...objectPrototypeNames),
  fc.constantFrom(
    'input',
    'variables',
    'errors',
    'coerced',
    'data',
    'undefined',
    'null_',
    'arguments',
    'this_',
    'name',
  ),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
);
const field = fc.constantFrom(
  ['login', 'LoginInput', 'LoginSuccess{session{openId}}'],
  ['logout', 'LogoutInput', 'LogoutSuccess{sessionsEnded}'],
  ['decryptPhone', 'DecryptPhoneInput', 'PhoneNumber{e164}'],
  ['exchangePhoneCode', 'ExchangePhoneCodeInput', 'PhoneNumber{e164}'],
);
const bytes = (length: number) => Buffer.alloc(length, 5).toString('base64');
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.constantFrom(undefined, 'text', 7, true, [], {}, { everywhere: true }, { everywhere: null }),
  fc.constantFrom(
    { code: 'bad' },
    { code: null },
    { code: 'bad', nonce: null },
    { code: 7 },
    { code: 'c', appId: 'x' },
  ),
  fc.constantFrom({ encryptedData: bytes(112), iv: bytes(16) }, { encryptedData: bytes(112), iv: bytes(15) }),
  fc.dictionary(name, fc.constantFrom(null, 'text', 7), { maxKeys: 3 }),
);

interface Made {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Record<string, unknown>;
}

const made: fc.Arbitrary<Made> = fc
  .record({
    field,
    variable: name,
    operation: fc.option(name),
    isNonNull: fc.boolean(),
    value,
    other: name,
    extra: value,
  })
  .map(({ field: [root = '', type = '', success = ''], variable, operation, isNonNull, value, other, extra }) => ({
    query: `mutation ${operation ?? ''}($${variable}:${type}${isNonNull ? '!' : ''}){${root}(input:$${variable}){__typename ...on ${success} ...on UserError{code}}}`,
    ...(operation !== null && { operationName: operation }),
    variables: { [other]: extra, [variable]: value },
  }));

async function answer(running: RunningGateway, request: Made): Promise<string> {
  const { status, text, headers } = await running.client().post(request);
  return `${status} ${text.replaceAll(headers.get('x-request-id') ?? 'none', '<request id>')}`;
}

test('a document that is compiled answers as it does interpreted, whatever its names and values are', () =>
  fc.assert(
    fc.asyncProperty(made, async (request) => {
      for (let use = 0; use < USES; use += 1) {
        const [compiled, interpreted] = await Promise.all(twins.map((running) => answer(running, request)));
        expect({ request, answer: compiled }).toEqual({ request, answer: interpreted });
      }
    }),
    { numRuns: 200 },
  ));
