import { printExecutableGraphQLDocument } from '@graphql-tools/documents';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_TOKENS } from './document-limits.js';

/** Texts in the LRU of normal forms: clients send those of the manifest, and a few other spellings. */
const MAX_REMEMBERED_TEXTS = 1_000;

/** Characters in that LRU: comments allow any number of spellings. */
const MAX_REMEMBERED_CHARACTERS = 512 * 1024;

/** Members of a request that select its operation. */
export interface DocumentReference {
  readonly query?: unknown;
  /** From the GraphQL-over-HTTP specification's appendix on persisted documents. */
  readonly documentId?: unknown;
  /** Apollo's way to send an id, in `persistedQuery`. */
  readonly extensions?: unknown;
}

/**
 * Allow list of operations (TRUSTED_DOCUMENTS): those of a persisted-documents manifest, as
 * @graphql-codegen/client-preset writes it (`{"sha256:<hex>": "<document>"}`).
 */
export class TrustedDocuments {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #byNormalText: ReadonlyMap<string, string>;
  readonly #normalTexts = new LRUCache<string, string>({
    max: MAX_REMEMBERED_TEXTS,
    maxSize: MAX_REMEMBERED_CHARACTERS,
    sizeCalculation: (normal, text) => normal.length + text.length,
  });

  /** @param manifest documents by their ids */
  constructor(manifest: Readonly<Record<string, string>>) {
    this.#byId = new Map(Object.entries(manifest));
    this.#byNormalText = new Map(Object.values(manifest).map((text) => [normalText(text) ?? text, text]));
  }

  /**
   * The manifest's text of the requested operation, found by id or text; undefined if the manifest does not have it.
   */
  find({ query, documentId, extensions }: DocumentReference): string | undefined {
    if (typeof query === 'string') {
      const normal = this.#normalTexts.get(query) ?? normalText(query);
      if (normal === undefined) return undefined;
      const trusted = this.#byNormalText.get(normal);
      if (trusted !== undefined) this.#normalTexts.set(query, normal);
      return trusted;
    }
    const id = typeof documentId === 'string' ? documentId : apolloId(extensions);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Ids of documents that are invalid under this schema. */
  misfits(schema: GraphQLSchema): readonly string[] {
    return [...this.#byId].filter(([, text]) => !fits(text, schema)).map(([id]) => id);
  }
}

/** The document in the spelling of the manifest: sorted, white space reduced; undefined if it does not parse. */
function normalText(text: string): string | undefined {
  try {
    return printExecutableGraphQLDocument(parse(text, { noLocation: true, maxLexicalTokens: MAX_TOKENS }));
  } catch {
    return undefined;
  }
}

function fits(text: string, schema: GraphQLSchema): boolean {
  try {
    return validate(schema, parse(text)).length === 0;
  } catch {
    return false;
  }
}

function apolloId(extensions: unknown): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  const hash = persistedQuery?.sha256Hash;
  return typeof hash === 'string' ? `sha256:${hash}` : undefined;
}
