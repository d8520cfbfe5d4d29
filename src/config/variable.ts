import type { Result } from '../domain/result.js';

/** Context of a parser, in addition to the text of the variable. */
export interface Source {
  /** Name of the variable, for the messages. */
  readonly name: string;
  /** Reads a file that a variable names; throws if it cannot. */
  readonly readFile: (path: string) => string;
  /** Whether another variable is set. */
  readonly isSet: (name: string) => boolean;
}

/** Parses the text of a variable. */
export interface Parser<T> {
  /** Accepted texts, for the documents; code is in backticks. */
  readonly bounds: string;
  /** Failures are sentences that name the variable and the rule. They never show the value, which may be a secret. */
  readonly parse: (text: string, source: Source) => Result<T, readonly string[]>;
}

/** An environment variable: a row of the table in variables.ts. */
export interface Variable<T, Name extends string = string> {
  readonly name: Name;
  /** Another name, which counts if the first one is unset. */
  readonly alias: string | undefined;
  readonly parser: Parser<T>;
  /** Text that applies if the variable is unset; undefined: the value is undefined then. */
  readonly default: string | undefined;
  /** The default in production, if it differs. */
  readonly productionDefault: string | undefined;
  /** One sentence, for --help and the documents; code is in backticks. */
  readonly meaning: string;
  /** The value itself is a secret; other variables name a file that holds one. */
  readonly isSecret: boolean;
}

interface Row {
  readonly default?: string;
  readonly productionDefault?: string;
  readonly meaning: string;
  readonly isSecret?: boolean;
  readonly alias?: string;
}

/** A row with a default, whose value is always there. */
export function variable<T, const Name extends string>(
  name: Name,
  parser: Parser<T>,
  row: Row & { readonly default: string },
): Variable<T, Name>;
/** A row without a default, whose value is undefined if the variable is unset. */
export function variable<T, const Name extends string>(
  name: Name,
  parser: Parser<T>,
  row: Row,
): Variable<T | undefined, Name>;
export function variable<T, const Name extends string>(name: Name, parser: Parser<T>, row: Row): Variable<T, Name> {
  return {
    name,
    alias: row.alias,
    parser,
    default: row.default,
    productionDefault: row.productionDefault,
    meaning: row.meaning,
    isSecret: row.isSecret ?? false,
  };
}

/** Variables by the field of Config that each one sets; a group of them sets the fields of an object. */
export interface Table {
  readonly [field: string]: Variable<unknown> | Table;
}

/** The values of a table's variables. */
export type ValuesOf<T> = {
  readonly [Field in keyof T]: T[Field] extends Variable<infer Value> ? Value : ValuesOf<T[Field]>;
};

/** The names of the variables in a table. */
export type NamesOf<T> =
  T extends Variable<unknown, infer Name> ? Name : { [Field in keyof T]: NamesOf<T[Field]> }[keyof T];

export function isVariable(row: Variable<unknown> | Table): row is Variable<unknown> {
  return 'parser' in row;
}

/** The variables of a table and of its groups, in their order. */
export function rowsOf(table: Table): readonly Variable<unknown>[] {
  return Object.values(table).flatMap((row) => (isVariable(row) ? [row] : rowsOf(row)));
}
