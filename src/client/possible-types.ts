import fragmentMatcher from './generated/fragment-matcher.js';
import generated from './generated/possible-types.js';

/**
 * The members of each union and interface. A normalised cache needs them to match a fragment on `UserError` against the
 * error that came: `new InMemoryCache({ possibleTypes })` in Apollo Client, `cacheExchange({ possibleTypes })` in urql.
 */
export const { possibleTypes } = generated;

/** The same in the form of an introspection's answer, for clients with an introspection fragment matcher. */
export const introspectionQueryResultData = fragmentMatcher;
