import { GraphQLScalarType } from 'graphql';
import type { Instant } from '../../domain/clock.js';

/** An instant inside, RFC 3339 text on the wire; no operation takes one as input. */
export const DateTimeScalar = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant in UTC, RFC 3339, e.g. 2026-01-31T08:30:00.000Z.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => new Date(value as Instant).toISOString(),
});
