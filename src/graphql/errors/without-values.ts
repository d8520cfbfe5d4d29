import { GraphQLError } from 'graphql';

/*
 * graphql-js quotes what it complains of, and what it complains of may be a code, a token or a phone number. The rules
 * below keep what comes from the schema and the grammar (types, field names, kinds of token) and drop the rest.
 */

/** `String "abc"` in a syntax error: the kind stays. Greedy: a value may hold quotes of its own. */
const TOKEN_VALUE = /\b(Name|String|BlockString|Int|Float) "[\s\S]*"/;
const LITERAL_VALUE = /^(Expected value of type "[^"]*"), found [\s\S]*$/;
const SCALAR_VALUE = /^(\w+ cannot represent [\w -]*value): [\s\S]*$/;
/** Names of a client's own choosing, which need not be names at all: the key of an object, the operation to run. */
const UNKNOWN_KEY = /^Field "[\s\S]*" is not defined by type ("\w+"\.)/;
const UNKNOWN_OPERATION = /^Unknown operation named "[\s\S]*"\.$/;
/** A literal input object is printed whole. */
const ARGUMENT_VALUE = /^(Argument "\w+") has invalid value [\s\S]*$/;
const VARIABLE_VALUE = /^(Variable "\$\w+") got invalid value /;
const VARIABLE_PATH = / at "([\w.[\]]+)"$/;

/** The message of an error that speaks to the caller, without any value that came with the request. */
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
 * `Variable "$input" got invalid value <value> at "input.iv"; <rule>`: the rule is known from the error inside, so the
 * value is cut out by lengths, not by a pattern that it could imitate.
 */
function variableMessage(variable: string, message: string, error: unknown): string {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  if (inner === undefined || !message.endsWith(`; ${inner.message}`)) return `${variable} is not valid.`;
  const path = VARIABLE_PATH.exec(message.slice(0, -`; ${inner.message}`.length))?.[1];
  const rule = withoutValues(inner.message, inner);
  return path === undefined ? `${variable} is not valid: ${rule}` : `${variable} is not valid at ${path}: ${rule}`;
}
