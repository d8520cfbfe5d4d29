import * as fc from 'fast-check';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* Codes, tokens, session keys and phone numbers come with requests; an error that quotes one puts it into a client's log. */

let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

const LOGIN = 'mutation($input:LoginInput!){login(input:$input){__typename}}';
const DECRYPT = 'mutation($input:DecryptPhoneInput!){decryptPhone(input:$input){__typename}}';
const LOGOUT = 'mutation($input:LogoutInput){logout(input:$input){__typename}}';
const SESSION = '{session{__typename}}';

/** Every place of the variables that a value can be put in. */
const inVariables = (value: unknown): unknown[] => [
  ...[LOGIN, DECRYPT, LOGOUT].map((query) => ({ query, variables: { input: value } })),
  ...[{ code: value }, { code: 'a', appId: value }, { code: 'a', nonce: value }].map((input) => ({
    query: LOGIN,
    variables: { input },
  })),
  ...[{ encryptedData: value, iv: 'AAAA' }, { encryptedData: 'AAAA', iv: value }, { iv: value }].map((input) => ({
    query: DECRYPT,
    variables: { input },
  })),
  { query: LOGOUT, variables: { input: { everywhere: value } } },
  { query: LOGIN, variables: { input: { code: 'a' }, other: value } },
  { query: 'query($e:Boolean!){session @include(if:$e){__typename}}', variables: { e: value } },
];

/** The secret as it is, in a list, and in an object, in every place of the variables. */
const asVariables = (secret: unknown): unknown[] => [secret, [secret], { inside: secret }].flatMap(inVariables);

/** Every place of a document that a value can be put in, of the right type and of a wrong one. */
const asValue = (value: string): string[] => [
  `mutation{login(input:${value}){__typename}}`,
  `mutation{login(input:[${value}]){__typename}}`,
  `mutation{login(input:{code:${value}}){__typename}}`,
  `mutation{login(input:{code:[${value}]}){__typename}}`,
  `mutation{login(input:{code:{inside:${value}}}){__typename}}`,
  `mutation{login(input:{code:"a",appId:${value}}){__typename}}`,
  `mutation{login(input:{code:"a",nonce:${value}}){__typename}}`,
  `mutation{login(input:{code:${value} ${value}}){__typename}}`,
  `mutation{decryptPhone(input:{encryptedData:${value},iv:${value}}){__typename}}`,
  `mutation{logout(input:{everywhere:${value}}){__typename}}`,
  `query{session @include(if:${value}){__typename}}`,
  `query{session @skip(if:[${value}]){__typename}}`,
  `mutation($code:String=${value}){login(input:{code:$code}){__typename}}`,
  `mutation($code:Int=${value}){login(input:{code:$code}){__typename}}`,
  `mutation($iv:Base64!=${value}){decryptPhone(input:{encryptedData:$iv,iv:$iv}){__typename}}`,
  `query($everywhere:Boolean=[${value}]){session @include(if:$everywhere){__typename}}`,
];

/** Positions of a name or a punctuator, in which a value is a syntax error. */
const misplaced = (value: string): string[] => [
  value,
  `${value} ${SESSION}`,
  `${SESSION} ${value}`,
  `query ${value}`,
  `query(${value})${SESSION}`,
  `query($${value}:Int)${SESSION}`,
  `query($a:${value})${SESSION}`,
  `{session(${value}){__typename}}`,
  `{session{${value}}}`,
  `{session{...${value}}}`,
  `{session{...on ${value}}}`,
  `{session @${value}{__typename}}`,
  `mutation{login(${value}:{code:"a"}){__typename}}`,
  `mutation{login(input:{${value}:"a"}){__typename}}`,
  `mutation{login(input:{code:"a" ${value}}){__typename}}`,
];
const inDocument = (value: string): unknown[] => [...asValue(value), ...misplaced(value)].map((query) => ({ query }));

/** Text that breaks off, in the middle of a string and otherwise. */
const brokenOff = (text: string): string[] => [
  `mutation{login(input:{code:"${text}`,
  `mutation{login(input:{code:"${text}\n"}){__typename}}`,
  `mutation{login(input:{code:"""${text}`,
  `mutation{login(input:{code:'${text}'}){__typename}}`,
  `mutation{login(input:{code:\u201c${text}\u201d}){__typename}}`,
  `mutation{login(input:{code:"\\x${text}"}){__typename}}`,
  `mutation{login(input:{code:-${text}}){__typename}}`,
  `mutation{login(input:{code:12${text}}){__typename}}`,
  `mutation{login(input:{code:1.${text}}){__typename}}`,
  `mutation{login(input:{code:?${text}}){__typename}}`,
  `mutation{login(input:{code:"a"}){__typename}} "${text}"`,
];

/** Every place of a request around the document. */
const aroundDocument = (secret: string): unknown[] => [
  ...[secret, JSON.stringify(secret), `{"query":"${secret}`, `{"query":${secret}}`, `[${JSON.stringify(secret)}]`],
  { query: { inside: secret } },
  { query: [secret] },
  { query: SESSION, variables: secret },
  { query: SESSION, variables: [secret] },
  { query: SESSION, extensions: secret },
  { query: SESSION, operationName: [secret] },
  { query: SESSION, extensions: { persistedQuery: { version: 1, sha256Hash: secret } } },
  { other: secret },
];

/** Text that cannot be guessed, of the letters of codes and tokens; and such as phone numbers are. */
const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{19,40}$/);
const digits = fc.stringMatching(/^[1-9][0-9]{10,14}$/);
/** Text that would mislead a pattern that cuts values out of messages. */
const around = fc.constantFrom(
  '',
  '"',
  '\\"',
  '" at "',
  '"; ',
  ': ',
  '", found "',
  ' = ',
  '+',
  "'",
  '}',
  '\n',
  '\u2028',
  '${',
);

/** Expects that no ten consecutive characters of the secret are in the text, however they are quoted. */
function expectNothingOf(secret: string, text: string, request: unknown): void {
  const pieces = Array.from({ length: secret.length - 9 }, (_, i) => secret.slice(i, i + 10));
  const told = pieces.filter((piece) => text.includes(piece));
  if (told.length > 0) throw new Error(`${JSON.stringify(request)} is answered ${text}`);
}

async function expectNoEcho(secret: string, requests: unknown[]): Promise<void> {
  const answers = await Promise.all(requests.map((request) => running.client().post(request)));
  answers.forEach(({ text }, i) => expectNothingOf(secret, text, requests[i]));
}

const options = { numRuns: 12 };

/** @param text the secret, and around it what would mislead */
type Place = readonly [place: string, of: fc.Arbitrary<string>, requests: (text: string, secret: string) => unknown[]];
const either = fc.oneof(word, digits);

test.each<Place>([
  ['a variable', either, (text) => asVariables(text)],
  ['a number among the variables', digits, (_text, secret) => asVariables(Number(secret))],
  ['a string literal', either, (text) => inDocument(JSON.stringify(text))],
  ['a block string', either, (text) => inDocument(`"""${text.replaceAll(/["\\]/g, '')}"""`)],
  ['a number in the document', digits, (_text, secret) => inDocument(secret)],
  // Elsewhere a bare word is a name, which errors say: names are what the caller's programmer wrote.
  ['a bare word in place of a value', word, (_text, secret) => asValue(secret).map((query) => ({ query }))],
  ['a string that breaks off', either, (text) => brokenOff(text).map((query) => ({ query }))],
  ['something else in the request', either, (text) => aroundDocument(text)],
])('a value sent as %s is in no answer', (_place, of, requests) =>
  fc.assert(
    fc.asyncProperty(of, around, around, (secret, before, after) =>
      expectNoEcho(secret, requests(before + secret + after, secret)),
    ),
    options,
  ),
);

test('a token is in no answer', () =>
  fc.assert(
    fc.asyncProperty(word, async (secret) => {
      for (const authorization of [`Bearer ${secret}`, `Basic ${secret}`, secret, `Bearer ${secret} ${secret}`]) {
        const { text } = await running.client().post({ query: SESSION }, { authorization });
        expectNothingOf(secret, text, authorization);
      }
    }),
    options,
  ));
