import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../domain/log.js';
import { formatError, logFailedRequest, logUnexpectedErrors } from '../errors/format-error.js';
import { compiledExecution } from './compiled-execution.js';
import { documentRules, MAX_TOKENS, MAX_VALIDATION_ERRORS } from '../limits/document-limits.js';
import { limitVariables } from '../limits/variables-limit.js';
import type { RequestContext } from '../request-context.js';
import { DocumentStore } from './document-store.js';

export interface ApolloServerOptions {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  /** Whether clients may query the schema; also turns on suggestions in error messages. */
  readonly introspection: boolean;
  /** Whether frequent documents are compiled; false: graphql-js executes all of them. Default: true. */
  readonly compiled?: boolean;
}

/** Creates the GraphQL pipeline: parse, validate, execute, format errors. */
export function createApolloServer(options: ApolloServerOptions): ApolloServer<RequestContext> {
  const { schema, log, introspection, compiled = true } = options;
  return new ApolloServer<RequestContext>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: documentRules(introspection),
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection },
    documentStore: new DocumentStore(),
    // TRUSTED_DOCUMENTS is the safe alternative.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      // Apollo Server appends an error's message after a colon, and that may quote a request.
      warn: (reason) => log.warn({ reason: String(reason).split(':', 1)[0] ?? '' }, 'Apollo Server'),
      error: (reason) => log.error({ reason: String(reason).split(':', 1)[0] ?? '' }, 'Apollo Server'),
    },
    plugins: [
      requestPlugin(log, compiled),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** All hooks in one plugin: Apollo Server waits for each hook of each plugin, whether it has one or not. */
function requestPlugin(log: Log, compiled: boolean): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: limitVariables,
    didEncounterErrors: async ({ errors, contextValue }) => logUnexpectedErrors(log, contextValue, errors),
    ...(compiled && { responseForOperation: compiledExecution(log) }),
  };
  return {
    requestDidStart: async () => listener,
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) =>
      logFailedRequest(log, requestContext.contextValue, error),
  };
}
