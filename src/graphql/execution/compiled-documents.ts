import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../request-context.js';
import { isPlain } from './plain-document.js';

/** Documents remembered at a time, compiled or not; one more forgets the least recently used. */
export const MAX_DOCUMENTS = 100;

/**
 * Characters of a document that is compiled; the longest shipped operation has half of that. A compiled function keeps several
 * times its document's heap alive.
 */
const MAX_SOURCE = 1_500;

/** A document is compiled when it comes for this time: one that comes once is not worth it. */
export const COMPILED_AT = 3;

/** A document as a function. Where it gives errors and no data at all, the variables were wrong, and nothing has run. */
export type CompiledDocument = (
  context: RequestContext,
  variables: Readonly<Record<string, unknown>> | undefined,
) => ExecutionResult | Promise<ExecutionResult>;

interface Remembered {
  uses: number;
  run: CompiledDocument | undefined;
}

/**
 * Validated documents as functions, for those that are plain and come often. Compiling one takes about as long as parsing
 * and validating it, which every new document costs anyhow.
 */
export class CompiledDocuments {
  readonly #bySource = new LRUCache<string, Remembered>({ max: MAX_DOCUMENTS });

  /** The function for this validated document; undefined where graphql-js is to execute it. */
  find(schema: GraphQLSchema, source: string, document: DocumentNode): CompiledDocument | undefined {
    if (source.length > MAX_SOURCE) return undefined;
    let remembered = this.#bySource.get(source);
    if (remembered === undefined) this.#bySource.set(source, (remembered = { uses: 0, run: undefined }));
    if (remembered.uses < COMPILED_AT && (remembered.uses += 1) === COMPILED_AT) {
      remembered.run = compile(schema, document);
    }
    return remembered.run;
  }
}

function compile(schema: GraphQLSchema, document: DocumentNode): CompiledDocument | undefined {
  if (!isPlain(document)) return undefined;
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) return undefined;
  return (context, variables) => compiled.query(undefined, context, variables);
}
