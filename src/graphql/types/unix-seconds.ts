import { GraphQLScalarType } from 'graphql';

/** Unix time. Not an Int, because GraphQL's Int ends in 2038. No operation takes one as input. */
export const UnixSecondsScalar = new GraphQLScalarType<number, number>({
  name: 'UnixSeconds',
  description: 'Whole seconds since 1970-01-01T00:00:00Z, a JSON number; safe past 2038.',
  serialize: (value) => value as number,
});
