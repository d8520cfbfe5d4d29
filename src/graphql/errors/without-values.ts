import { GraphQLError } from 'graphql';

/*
 * graphql-js quotes rejected values in its messages, and such a value may be a code, a token or a phone number. The
 * rules below keep names from the schema and the grammar (types, fields, kinds of token) and drop values.
 */

/** `String "abc"` in a syntax error: only the kind is kept. Greedy, because a value may contain quotes. */
const TOKEN_VALUE = /\b(Name|String|BlockString|Int|Float) "[\s\S]*"/;
const LITERAL_VALUE = /^(Expected value of type "[^"]*"), found [\s\S]*$/;
const SCALAR_VALUE = /^(\w+ cannot represent [\w -]*value): [\s\S]*$/;
/** Names that the client chose, which may be any text: the key of an object, the operation to run. */
const UNKNOWN_KEY = /^Field "[\s\S]*" is not defined by type ("\w+"\.)/;
const UNKNOWN_OPERATION = /^Unknown operation named "[\s\S]*"\.$/;
/** graphql-js prints a literal input object in full. */
const ARGUMENT_VALUE = /^(Argument "\w+") has invalid value [\s\S]*$/;
const VARIABLE_VALUE = /^(Variable "\$\w+") got invalid value /;
const VARIABLE_PATH = / at "([\w.[\]]+)"$/;

/** Removes the request's values from the message of a public error. */
export function withoutValues(message: string, error: unknown): string {
  const variable = VARIABLE_VALUE.exec(message)?.[1];
  if (variable !== undefined) return variableMessage(variable, message, error);
  return message
    .replace(TOKEN_VALUE, '$1')
    .replace(LITERAL_VALUE, '$1.')
    .replace(SCALAR_VALUE, '$1.')
    .replace(ARGUMENT_VALUE, '$1 is not valid.')
    .replace(UNKNOWN_KEY, 'There is a field that is not defined by type $1')
    .replace(UNKNOWN_OPERATION, 'The document has no operation of that name.');
}

/**
 * Rewrites `Variable "$input" got invalid value <value> at "input.iv"; <rule>`. The inner error has the rule, so the
 * value is cut out by length, not by a pattern that the value could imitate.
 */
function variableMessage(variable: string, message: string, error: unknown): string {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  if (inner === undefined || !message.endsWith(`; ${inner.message}`)) return `${variable} is not valid.`;
  const path = VARIABLE_PATH.exec(message.slice(0, -`; ${inner.message}`.length))?.[1];
  const rule = withoutValues(inner.message, inner);
  return path === undefined ? `${variable} is not valid: ${rule}` : `${variable} is not valid at ${path}: ${rule}`;
}
