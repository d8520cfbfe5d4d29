import { DecryptPhoneDocument } from '../../src/client/generated/graphql.js';
import { refusal, refusalOfLiteral } from '../harness/refusal.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

/* Bytes whose Base64 has '+', '/', two characters of padding and unused bits: every defect below is a defect of it. */
const encryptedData = Buffer.alloc(112, 0xfb).toString('base64');
const iv = Buffer.alloc(16, 0xfb).toString('base64');
const genuine = { encryptedData, iv };

const notCanonical: readonly (readonly [defect: string, spoil: (text: string) => string])[] = [
  ["spaces for '+', after one URL-decoding too many", (text) => text.replaceAll('+', ' ')],
  ['no padding', (text) => text.replaceAll('=', '')],
  ['half of the padding', (text) => text.slice(0, -1)],
  ['the URL-safe alphabet', (text) => text.replaceAll('+', '-').replaceAll('/', '_')],
  ['a newline at the end', (text) => `${text}\n`],
  ['a space in front', (text) => ` ${text}`],
  ['a line break inside', (text) => `${text.slice(0, 8)}\r\n${text.slice(8)}`],
  ['unused bits that are not zero', (text) => text.replace(/.==$/, 'x==')],
  ['more text after the padding', (text) => text + text],
  ['a character that is not of Base64', (text) => text.replace('v', '*')],
  ['a letter that only looks like one', (text) => text.replace('v', '\u03bd')],
];
const fields = ['encryptedData', 'iv'] as const;
const spoiled = fields.flatMap((field) =>
  notCanonical.map(([defect, spoil]) => [field, defect, { ...genuine, [field]: spoil(genuine[field]) }] as const),
);

test.each(spoiled)('%s with %s: the field and the rule are named, the value is not', async (field, _defect, input) => {
  const { error, text } = await refusal(running, 'decryptPhone', input);
  expect(error.extensions?.code).toBe('BAD_USER_INPUT');
  expect(error.message).toMatch(`Variable "$input" is not valid at input.${field}: Base64 must be canonical: RFC 4648`);
  expect(text).not.toContain(input[field].slice(12, 20));
});

test.each(spoiled)('%s with %s, as a literal: the rule is named, the value is not', async (field, _defect, input) => {
  const { error, text } = await refusalOfLiteral(running, 'decryptPhone', input);
  expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(error.extensions?.code);
  expect(error.message).toMatch('Base64 must be canonical: RFC 4648');
  expect(text).not.toContain(input[field].slice(12, 20));
});

test.each(spoiled.filter(([, defect]) => defect === 'no padding'))(
  '%s with %s, as a literal: the error tells where it is',
  async (field, _defect, input) => {
    const { error } = await refusalOfLiteral(running, 'decryptPhone', input);
    expect(error.locations !== undefined || error.message.includes(field)).toBe(true);
  },
);

const bytes = (length: number) => Buffer.alloc(length, 0xfb).toString('base64');
const lengths = [
  ...[0, 15, 17, 32].map((length) => ['iv', length, 'input.iv must be exactly 16 bytes.'] as const),
  ...[0, 16, 96, 111, 113, 127, 272, 288, 1024].map(
    (length) => ['encryptedData', length, 'input.encryptedData must be 112 to 256 bytes, a multiple of 16.'] as const,
  ),
];

test.each(lengths)('%s of %i bytes: the field and the rule are named', async (field, length, rule) => {
  const input = { ...genuine, [field]: bytes(length) };
  const expected = { message: rule, extensions: { code: 'BAD_USER_INPUT' } };
  expect((await refusal(running, 'decryptPhone', input)).error).toMatchObject(expected);
  expect((await refusalOfLiteral(running, 'decryptPhone', input)).error).toMatchObject(expected);
});

test('the lengths are checked without a session, alike for every caller', async () => {
  const input = { ...genuine, iv: bytes(15) };
  const stranger = await running.client().post({ query: DecryptPhoneDocument.toString(), variables: { input } });
  const user = await (
    await running.loggedIn('alice')
  ).post({
    query: DecryptPhoneDocument.toString(),
    variables: { input },
  });
  expect(user.text).toBe(stranger.text);
});
