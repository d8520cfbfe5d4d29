import { MAX_COUNTED_SUBJECTS, RATE_WINDOW } from '../../src/app/rate-limits.js';
import { MAX_NEAR } from '../../src/app/redis-stores.js';
import { MAX_COUNTED_KEYS, MAX_REMEMBERED_CODES } from '../../src/app/stores.js';
import { LONGEST_WAIT } from '../../src/client/timing.js';
import { MAX_ENCRYPTED_BYTES, MIN_ENCRYPTED_BYTES } from '../../src/crypto/crypto-service.js';
import { KEY_RING_SIZE } from '../../src/domain/key-ring.js';
import { COMPILED_AT, MAX_DOCUMENTS } from '../../src/graphql/execution/compiled-documents.js';
import { MAX_DEPTH, MAX_TOKENS, MAX_VALIDATION_ERRORS } from '../../src/graphql/limits/document-limits.js';
import { MAX_VARIABLE_VALUES } from '../../src/graphql/limits/variables-limit.js';
import { MAX_DOCUMENT_BYTES } from '../../src/http/graphql-request.js';
import { RETRY_AFTER_SECONDS } from '../../src/http/graphql-route.js';
import { KEEP_ALIVE_TIMEOUT, REQUEST_TIMEOUT, STALL_TIMEOUT } from '../../src/http/base-server.js';
import { KEPT_SECONDS } from '../../src/http/discovery.js';
import { STUCK_AFTER } from '../../src/http/in-flight.js';
import { MAX_BODY_BYTES } from '../../src/http/http-server.js';
import { GRAMMAR_WATCH_USERS, MAX_WAITING } from '../../src/phones/grammar-watch.js';
import { CODE_REPLAY } from '../../src/phones/phone-service.js';
import { PHONE_PROOF_SECONDS } from '../../src/phones/phone-proofs.js';
import { USED_FOR } from '../../src/sessions/single-use-code.js';
import { MAX_COMMANDS } from '../../src/stores/redis/node-client.js';
import { RENEW_BEFORE_END } from '../../src/weixin/app-token.js';
import { FAILURES_TO_OPEN, PROBE_EVERY } from '../../src/weixin/circuit-breaker.js';
import { REPEAT_AFTER } from '../../src/weixin/guarded-weixin.js';
import { KEEP_ALIVE, MAX_ANSWER_BYTES } from '../../src/weixin/weixin-http.js';
import type { Table } from './table.js';

const count = (value: number) => value.toLocaleString('en-US');
const bytes = (value: number) => (value < 1024 ? `${value} bytes` : `${value / 1024} KiB`);
const ms = (value: number) => (value < 1000 ? `${value} ms` : `${value / 1000} s`);
const seconds = (value: number) => `${value} s`;

/** The limits that no variable sets: the limit, its value in the sources, and the reason for it. */
const LIMITS: readonly (readonly [limit: string, value: string, reason: string])[] = [
  ['body of a request', bytes(MAX_BODY_BYTES), 'the largest honest one is under 1 KiB'],
  ['source of a document', bytes(MAX_DOCUMENT_BYTES), 'comments are no tokens but take time: 5 MB took 0.4 s to parse'],
  ['tokens of a document', count(MAX_TOKENS), 'the largest shipped operation has about 60'],
  ['levels of fields, except introspection in development', count(MAX_DEPTH), 'the deepest shipped operation has 3'],
  ['validation errors in an answer', count(MAX_VALIDATION_ERRORS), 'each costs more than the token that caused it'],
  ['values in the variables, nested ones included', count(MAX_VARIABLE_VALUES), 'the shipped operations have up to 4'],
  ['time for the head and the body of a request to arrive', ms(REQUEST_TIMEOUT), 'slow senders hold connections'],
  ['idle connection', ms(KEEP_ALIVE_TIMEOUT), 'longer than common balancers, so that they close it first'],
  ['connection on which nothing moves', ms(STALL_TIMEOUT), 'longer than the longest `WEIXIN_TIMEOUT_MS`'],
  [
    'shortest `encryptedData`',
    bytes(MIN_ENCRYPTED_BYTES),
    'a phone document has 144 to 160 bytes; the rest is reserve',
  ],
  ['longest `encryptedData`', bytes(MAX_ENCRYPTED_BYTES), 'as above'],
  ["keys in a user's ring", count(KEY_RING_SIZE), 'enough for two devices; a leaked key is soon useless'],
  ['time for which a code counts as used', ms(USED_FOR), 'a code lives five minutes at Weixin'],
  [
    'time for which a phone code repeats for its user',
    ms(CODE_REPLAY),
    'a tap costs money: a lost answer should not waste it',
  ],
  [
    'codes remembered in memory',
    count(MAX_REMEMBERED_CODES),
    '100 s at 1,000 logins a second; Weixin rejects used codes itself',
  ],
  [
    'session keys with counted failures in memory',
    count(MAX_COUNTED_KEYS),
    'beyond it the least recently used count is dropped',
  ],
  [
    'addresses, apps or users that a rate limit counts in memory',
    count(MAX_COUNTED_SUBJECTS),
    'beyond it the least recently used count is dropped',
  ],
  ['counting window of the rate limits', ms(RATE_WINDOW), 'Weixin counts by the minute, too'],
  ['`Retry-After` of a 503', seconds(RETRY_AFTER_SECONDS), 'long enough to help, short enough for a waiting user'],
  [
    'time without an admitted request until `/readyz` answers 503',
    ms(STUCK_AFTER),
    'longer than the default of `WEIXIN_TIMEOUT_MS`',
  ],
  ['life of a phone proof', seconds(PHONE_PROOF_SECONDS), 'one call from the Mini Program to another back end'],
  ['cache life of the public keys', seconds(KEPT_SECONDS), 'how long a new key is published before it signs'],
  [
    'failures in a row that open a breaker',
    count(FAILURES_TO_OPEN),
    'if half of all calls failed by chance, one such run in two million calls',
  ],
  [
    'time between two calls through an open breaker',
    ms(PROBE_EVERY),
    'logins work again about a second after Weixin does',
  ],
  ['pause before a call is repeated', ms(REPEAT_AFTER), 'short beside the deadline; up to 150 ms more at random'],
  ['idle connection to Weixin', ms(KEEP_ALIVE), 'shorter than servers keep one; Weixin may ask for up to 60 s'],
  ['answer from Weixin', bytes(MAX_ANSWER_BYTES), "Weixin's are under 2 KiB"],
  [
    'time before its end at which an access token is renewed',
    ms(RENEW_BEFORE_END),
    'in that time the old and the new one work',
  ],
  ['near copies of Redis records', count(MAX_NEAR), 'memory; sessions and rings together, of each node of a cluster'],
  ['commands that wait for Redis', count(MAX_COMMANDS), 'one more fails at once'],
  ["wait of the Mini Program's client", ms(LONGEST_WAIT), 'a longer wait is left to the page'],
  ['compiled documents', count(MAX_DOCUMENTS), 'one more drops the least recently used'],
  ['requests with a document until it is compiled', count(COMPILED_AT), 'a document that comes once is not worth it'],
  [
    'users of an app until the log warns of a changed format',
    count(GRAMMAR_WATCH_USERS),
    'one broken client or one attacker does not reach it',
  ],
  [
    'rejected documents that wait for that check',
    count(MAX_WAITING),
    'a check takes microseconds; more are not checked',
  ],
];

export function limitsTable(): Table {
  return { columns: ['limit', 'value', 'reason'], rows: LIMITS };
}
