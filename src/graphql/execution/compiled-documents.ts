import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../request-context.js';
import { isPlain } from './plain-document.js';

/** Documents in the LRU, compiled or not. */
export const MAX_DOCUMENTS = 100;

/**
 * Longest document that is compiled, in characters; the longest shipped operation has half of that. A compiled function
 * retains several times the heap of its document.
 */
const MAX_SOURCE = 1_500;

/** Number of uses at which a document is compiled: for a document that is used once, compiling does not pay. */
export const COMPILED_AT = 3;

/** A compiled document. If the result has errors and no data, the variables were invalid and no resolver has run. */
export type CompiledDocument = (
  context: RequestContext,
  variables: Readonly<Record<string, unknown>> | undefined,
) => ExecutionResult | Promise<ExecutionResult>;

interface Remembered {
  uses: number;
  run: CompiledDocument | undefined;
}

/**
 * Compiles validated documents that are plain and frequent. Compiling takes about as long as parsing and validating,
 * which every new document costs already.
 */
export class CompiledDocuments {
  readonly #bySource = new LRUCache<string, Remembered>({ max: MAX_DOCUMENTS });

  /** The function for this validated document; undefined if graphql-js is to execute it. */
  find(schema: GraphQLSchema, source: string, document: DocumentNode): CompiledDocument | undefined {
    if (source.length > MAX_SOURCE) return undefined;
    const remembered = this.#bySource.get(source) ?? { uses: 0, run: undefined };
    if (remembered.uses === 0) this.#bySource.set(source, remembered);
    remembered.uses += 1;
    if (remembered.uses === COMPILED_AT) remembered.run = compile(schema, document);
    return remembered.run;
  }
}

function compile(schema: GraphQLSchema, document: DocumentNode): CompiledDocument | undefined {
  if (!isPlain(document)) return undefined;
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) return undefined;
  return (context, variables) => compiled.query(undefined, context, variables);
}
