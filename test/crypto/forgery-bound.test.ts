import fc from 'fast-check';
import { BLOCK_BYTES, MAX_ENCRYPTED_BYTES } from '../../src/crypto/crypto-service.js';
import { PHONE_DOCUMENT_GRAMMAR } from '../../src/crypto/phone-document.js';
import { padded } from '../attacks/blocks.js';
import { writtenDocuments } from '../harness/phone-documents.js';
import { ByteAutomaton } from './byte-automaton.js';

/** Bits of the strings that a block may hold: 2^128 in all. */
const BLOCK_BITS = BLOCK_BYTES * 8;

/**
 * How many bits of luck a block needs that the attacker cannot choose, where everything around it is as they like: they pick
 * the place of the block, what stands before it, and afterwards the best of what may follow.
 */
function bitsOfLuck(grammar: RegExp): number {
  const automaton = new ByteAutomaton(grammar);
  let states = [automaton.start];
  let most = 0n;
  for (let at = 0; at < MAX_ENCRYPTED_BYTES; at += BLOCK_BYTES) {
    for (const state of states) {
      const count = automaton.count(state, BLOCK_BYTES);
      if (count > most) most = count;
    }
    states = automaton.after(BLOCK_BYTES, states);
  }
  return BLOCK_BITS - log2(most);
}

function log2(count: bigint): number {
  const digits = count.toString(2);
  return digits.length - 1 + Math.log2(Number(`0b${digits.slice(0, 50)}`) / 2 ** (Math.min(digits.length, 50) - 1));
}

/** The grammar with one of its parts as another would write it. */
function altered(part: string, by: string): RegExp {
  expect(PHONE_DOCUMENT_GRAMMAR.source).toContain(part);
  return new RegExp(PHONE_DOCUMENT_GRAMMAR.source.replaceAll(part, by));
}

test('a block that the attacker cannot choose survives the shipped grammar with a probability of at most 2^-64', () => {
  expect(bitsOfLuck(PHONE_DOCUMENT_GRAMMAR)).toBeGreaterThanOrEqual(64);
});

test('the tightest place is the appid, whose sixteen hexadecimal digits can fill a block: without it there are 77 bits', () => {
  expect(bitsOfLuck(PHONE_DOCUMENT_GRAMMAR)).toBe(64);
  expect(Math.floor(bitsOfLuck(altered('wx[0-9a-f]{16}', 'wx4f4bc4dec97d474b')))).toBe(77);
});

test.each([
  ['any text in the number', '[0-9]{4,14}', '[^"]{4,40}'],
  ['letters of both cases in the appid', 'wx[0-9a-f]{16}', 'wx[0-9a-fA-F]{16}'],
  ['a longer appid', 'wx[0-9a-f]{16}', 'wx[0-9a-z]{16}'],
  ['padding of any bytes, its last excepted', '\\x10{16}', '[\\x00-\\xff]{15}\\x10'],
])('a grammar that allows more misses the bound: %s', (_what, part, by) => {
  expect(bitsOfLuck(altered(part, by))).toBeLessThan(64);
});

test('the automaton accepts what the expression matches', () => {
  const automaton = new ByteAutomaton(PHONE_DOCUMENT_GRAMMAR);
  const changes = fc.array(fc.tuple(fc.nat(175), fc.nat(255)), { maxLength: 2 });
  fc.assert(
    fc.property(writtenDocuments, changes, ({ text }, changed) => {
      const bytes = padded(text);
      for (const [at, byte] of changed) if (at < bytes.length) bytes[at] = byte;
      expect(automaton.accepts(bytes)).toBe(PHONE_DOCUMENT_GRAMMAR.test(bytes.toString('latin1')));
    }),
    { numRuns: 500 },
  );
});
