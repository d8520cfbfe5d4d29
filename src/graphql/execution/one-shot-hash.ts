import { hash } from 'node:crypto';

interface OneShotHash {
  update(text: string): OneShotHash;
  digest(encoding: 'hex'): string;
}

/**
 * Hashes texts in one call, for Apollo Server: it hashes the document of every request, and an object of OpenSSL for each
 * costs ten times the hash itself. The bundle has this in place of @apollo/utils.createhash (tools/build-gateway.ts).
 */
export function createHash(algorithm: string): OneShotHash {
  let all = '';
  const hasher: OneShotHash = {
    update: (text) => {
      all += text;
      return hasher;
    },
    digest: (encoding) => hash(algorithm, all, encoding),
  };
  return hasher;
}
