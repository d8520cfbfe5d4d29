import { type GraphQLSchema, isEnumType } from 'graphql';
import type { Failure, FailureCode } from '../../src/domain/failure.js';
import { answerTo } from '../../src/graphql/errors/answers.js';
import { ErrorCode, Remedy } from '../../src/graphql/errors/user-error.js';
import { code, type Table } from './table.js';

/** Every code with its union member, its description in the schema, and the remedies that the gateway answers with. */
export function errorsTable(schema: GraphQLSchema): Table {
  return {
    columns: ['code', 'union member', 'meaning', 'remedy'],
    rows: Object.values(ErrorCode).map((name) => {
      const answers = failures(name).map((failure) => answerTo(failure));
      return [
        code(name),
        distinct(answers.map(({ __typename }) => __typename)),
        description(schema, 'ErrorCode', name),
        distinct(answers.map(({ remedy }) => remedy)),
      ];
    }),
  };
}

export function remediesTable(schema: GraphQLSchema): Table {
  return {
    columns: ['remedy', 'what the Mini Program does next'],
    rows: Object.values(Remedy).map((name) => [code(name), description(schema, 'Remedy', name)]),
  };
}

/** The failures with this code: the remedy for a bad code depends on where the code came from. */
function failures(name: FailureCode): readonly Failure[] {
  return (['WX_LOGIN', 'TAP'] as const).map((origin) => ({ code: name, origin, retryAfterSeconds: 1 }));
}

function distinct(names: readonly string[]): string {
  return [...new Set(names)].map(code).join(', ');
}

function description(schema: GraphQLSchema, enumName: string, value: string): string {
  const type = schema.getType(enumName);
  const text = isEnumType(type) ? type.getValue(value)?.description : undefined;
  if (typeof text !== 'string') throw new Error(`${enumName}.${value} has no description.`);
  return text;
}
