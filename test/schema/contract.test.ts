import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, parse, validate } from 'graphql';
import { emittedSchema, emittedSdl, shippedOperations } from '../harness/schema-files.js';

/** What clients are promised; they were written against it. The emitted schema may have more, and nothing less. */
const contract = buildSchema(readFileSync(new URL('contract.graphql', import.meta.url), 'utf8'));

/** Parts of the contract that this version does not have yet; what arrives must leave this list. */
const NOT_YET: readonly string[] = [];

const broken = (sdl: string) => findBreakingChanges(contract, buildSchema(sdl)).map(({ description }) => description);

test('the emitted schema has all of the contract but the parts that are listed as not there yet', () => {
  expect(broken(emittedSdl())).toEqual(NOT_YET);
});

test.each([
  ['a query', ' session: SessionResult!', ' me: SessionResult!', 'Query.session was removed.'],
  ['a mutation', ' logout(', ' signOut(', 'Mutation.logout was removed.'],
  [
    'a union member',
    'union LoginResult = InvalidCodeError |',
    'union LoginResult =',
    'InvalidCodeError was removed from union type LoginResult.',
  ],
  ['an error code', '\n  TOO_OLD\n', '\n  STALE\n', 'TOO_OLD was removed from enum type ErrorCode.'],
  ['a remedy', '\n  TAP_AGAIN\n', '\n  TAP\n', 'TAP_AGAIN was removed from enum type Remedy.'],
  ['a field', ' e164: String!', ' number: String!', 'PhoneNumber.e164 was removed.'],
  ['a field that is never null', ' openId: ID!', ' openId: ID', 'Session.openId changed type from ID! to ID.'],
  [
    'the scalar of a field',
    ' timestamp: UnixSeconds!',
    ' timestamp: Int!',
    'Watermark.timestamp changed type from UnixSeconds! to Int!.',
  ],
  [
    'an input that may be left out',
    ' nonce: String\n',
    ' nonce: String!\n',
    'LoginInput.nonce changed type from String to String!.',
  ],
  [
    'an input beyond the contract',
    ' nonce: String\n',
    ' nonce: String\n  other: Int!\n',
    'A required field other on input type LoginInput was added.',
  ],
  [
    'the interface of a failure',
    'type UserBlockedError implements UserError',
    'type UserBlockedError',
    'UserBlockedError no longer implements interface UserError.',
  ],
])('a change of the schema that breaks a client is found: %s', (_part, there, instead, description) => {
  const sdl = emittedSdl();
  const changed = sdl.replace(there, instead);
  expect(changed).not.toBe(sdl);
  expect(broken(changed)).toContain(description);
});

const FAILURE = '__typename ...on UserError{code message remedy retryAfterSeconds}';

/** What a client of the contract may send. graphql's comparison of schemas overlooks the defaults of inputs. */
test.each([
  `mutation($code:String!){login(input:{code:$code}){...on LoginSuccess{token session{appId openId unionId createdAt expiresAt}} ${FAILURE}}}`,
  `mutation($i:LoginInput!){login(input:$i){${FAILURE}}}`,
  'mutation($appId:ID,$nonce:String){login(input:{code:"a",appId:$appId,nonce:$nonce}){__typename}}',
  `mutation($d:Base64!,$iv:Base64!){decryptPhone(input:{encryptedData:$d,iv:$iv}){...on PhoneNumber{phoneNumber purePhoneNumber countryCode e164 watermark{appId timestamp}} ${FAILURE}}}`,
  `{session{...on Session{appId openId unionId createdAt expiresAt} ${FAILURE}}}`,
  `mutation{logout{...on LogoutSuccess{sessionsEnded} ${FAILURE}}}`,
  'mutation{logout(input:null){__typename}}',
  'mutation{logout(input:{}){__typename}}',
  'mutation($everywhere:Boolean!){logout(input:{everywhere:$everywhere}){__typename}}',
])('a client of the contract may send %s', (document) => {
  expect(validate(contract, parse(document))).toEqual([]);
  expect(validate(emittedSchema(), parse(document))).toEqual([]);
});

test.each(shippedOperations())('the shipped operation %s is of the contract', (_name, source) => {
  expect(validate(contract, parse(source))).toEqual([]);
});
