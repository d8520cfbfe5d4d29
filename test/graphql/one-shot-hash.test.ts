import { createHash as nodesCreateHash } from 'node:crypto';
import { createHash } from '../../src/graphql/execution/one-shot-hash.js';

describe('the hash that the bundle gives Apollo Server', () => {
  it.each(['sha256', 'sha512'])('is the %s of all that it was given', (algorithm) => {
    const texts = ['', 'query { session { __typename } }', '手机号', 'a'.repeat(10_000)];
    for (const text of texts) {
      const expected = nodesCreateHash(algorithm).update(text).update('more').digest('hex');
      expect(createHash(algorithm).update(text).update('more').digest('hex')).toBe(expected);
    }
  });
});
