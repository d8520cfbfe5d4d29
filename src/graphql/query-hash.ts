import { createHash as createNodeHash, hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Texts whose hash is remembered: queries, of which the HTTP layer takes none longer than 8 KiB. */
const MAX_TEXTS = 200;

/** What Apollo Server uses of Node's Hash. */
interface TextHash {
  update(text: string): TextHash;
  digest(encoding: 'hex'): string;
}

const remembered = new LRUCache<string, string>({ max: MAX_TEXTS });

/**
 * Stands in the bundle for @apollo/utils.createhash, by which Apollo Server hashes the query of every request: the same
 * hashes, but a text is hashed once. (The package itself finds Node's hash only where there is `module.require`, which a
 * bundle has not, and else hashes in JavaScript.)
 */
export function createHash(algorithm: string): TextHash {
  return algorithm === 'sha256' ? new RememberedSha256() : createNodeHash(algorithm);
}

class RememberedSha256 implements TextHash {
  #text = '';

  update(text: string): this {
    this.#text += text;
    return this;
  }

  digest(): string {
    let digest = remembered.get(this.#text);
    if (digest === undefined) remembered.set(this.#text, (digest = hash('sha256', this.#text)));
    return digest;
  }
}
