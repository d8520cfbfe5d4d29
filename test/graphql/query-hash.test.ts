import { createHash as nodeHash } from 'node:crypto';
import { createHash } from '../../src/graphql/query-hash.js';

const texts = [
  '',
  'query { session { openId } }',
  'query { 电话 }',
  ...Array.from({ length: 300 }, (_, i) => `text ${i}`),
];

test.each(['sha256', 'sha512'])('gives the %s of Node, the first time and again', (algorithm) => {
  const expected = texts.map((text) => nodeHash(algorithm).update(text).digest('hex'));
  const hashes = () => texts.map((text) => createHash(algorithm).update(text).digest('hex'));
  expect(hashes()).toEqual(expected);
  expect(hashes()).toEqual(expected);
});

test('takes a text in parts', () => {
  expect(createHash('sha256').update('one').update('two').digest('hex')).toBe(
    nodeHash('sha256').update('onetwo').digest('hex'),
  );
});
