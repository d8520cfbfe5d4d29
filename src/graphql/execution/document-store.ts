import type { DocumentNode, Token } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents in the LRU; clients send a few dozen. */
const MAX_DOCUMENTS = 500;

/** Heap in bytes that all documents together may retain, by the estimate below. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Upper bound in bytes of the heap that one token retains, with its share of the syntax tree.
 * test/attacks/filled-caches.test.ts checks the sum.
 */
const BYTES_A_TOKEN = 512;

/**
 * LRU of parsed and validated documents by hash. Anyone can fill it, so its size counts the heap that an entry retains:
 * the tokens, and the source text that the syntax tree points back to. Apollo Server's own store counts the tree's
 * JSON, which contains neither.
 */
export class DocumentStore {
  readonly #documents = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_BYTES,
    sizeCalculation: heapBytes,
  });

  async get(hash: string): Promise<DocumentNode | undefined> {
    return this.#documents.get(hash);
  }

  async set(hash: string, document: DocumentNode): Promise<void> {
    this.#documents.set(hash, document);
  }

  async delete(hash: string): Promise<boolean> {
    return this.#documents.delete(hash);
  }

  /** Estimated heap in bytes that the documents retain. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }
}

function heapBytes({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token: Token | null | undefined = loc?.startToken; token; token = token.next) tokens += 1;
  // Two bytes per character: a single one beyond Latin-1 makes V8 store the whole string that wide.
  return 2 * (loc?.source.body.length ?? 0) + BYTES_A_TOKEN * tokens + BYTES_A_TOKEN;
}
