import type { DocumentNode, Token } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents kept at a time; clients send a few dozen. */
const MAX_DOCUMENTS = 500;

/** Bytes that all of them may keep alive, by the estimate below. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Bytes of heap that one token keeps alive, with its share of the syntax tree. test/attacks/filled-caches.test.ts holds the sum.
 */
const BYTES_A_TOKEN = 512;

/**
 * Parsed and validated documents by their hash. A stranger chooses what goes in, so the bound counts what an entry keeps
 * alive: the source (a syntax tree points back to it, comments and all) and the tokens. Apollo Server's own store counts
 * the tree's JSON, which has neither.
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

  /** Estimated bytes that the documents keep alive. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }
}

function heapBytes({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token: Token | null | undefined = loc?.startToken; token; token = token.next) tokens += 1;
  // Two bytes a character: a single one beyond Latin-1 makes all of a string so wide.
  return 2 * (loc?.source.body.length ?? 0) + BYTES_A_TOKEN * tokens + BYTES_A_TOKEN;
}
