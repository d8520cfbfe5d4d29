import { type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import { type DocumentNode, getLocation, type GraphQLError, locatedError, Kind, visit, type FieldNode } from 'graphql';
import type { Log } from '../../domain/log.js';
import { formatErrors, logUnexpectedErrors } from '../errors/format-error.js';
import type { RequestContext } from '../request-context.js';
import { CompiledDocuments } from './compiled-documents.js';

const HEAD = { headers: new HeaderMap() };

/**
 * Executes plain, frequent documents as compiled functions, with answers equal to those of graphql-js byte for byte.
 * Apollo Server's hooks around execution do not run for them, so errors are logged and masked here. Invalid variables
 * are left to graphql-js, which has the right messages for them; no resolver has run then.
 */
export function compiledExecution(log: Log): ResponseForOperation {
  const documents = new CompiledDocuments();
  return async ({ schema, source, document, operation, request, contextValue }) => {
    // Apollo Server also calls this without an operation, if the document has none of the requested name.
    if ((operation as unknown) === undefined) return null;
    const run = documents.find(schema, source, document);
    if (run === undefined) return null;
    const { data, errors } = await run(contextValue, request.variables);
    if (data === undefined) return null;
    if (errors === undefined) return { http: HEAD, body: { kind: 'single', singleResult: { data } } };

    const located = errors.map((error) => withNodes(error, document));
    logUnexpectedErrors(log, contextValue, located);
    return { http: HEAD, body: { kind: 'single', singleResult: { data, errors: formatErrors(located) } } };
  };
}

type ResponseForOperation = NonNullable<GraphQLRequestListener<RequestContext>['responseForOperation']>;

/** Rebuilds an error as graphql-js has it: graphql-jit gives locations, but not the field nodes. */
function withNodes(error: GraphQLError, document: DocumentNode): GraphQLError {
  const places = new Set(error.locations?.map(({ line, column }) => `${line}:${column}`));
  const nodes: FieldNode[] = [];
  visit(document, {
    [Kind.FIELD](node) {
      if (node.loc === undefined) return;
      const { line, column } = getLocation(node.loc.source, node.loc.start);
      if (places.has(`${line}:${column}`)) nodes.push(node);
    },
  });
  return locatedError(error.originalError ?? new Error(error.message), nodes, error.path);
}
