import { backendVariables } from './backend-variables.js';
import { limitVariables } from './limit-variables.js';
import { operationVariables } from './operation-variables.js';
import { proofVariables } from './proof-variables.js';
import { proxyVariables } from './proxy-variables.js';
import { serverVariables } from './server-variables.js';
import { sessionVariables, watermarkVariables } from './session-variables.js';
import { storeVariables } from './store-variables.js';
import { tracingVariables } from './tracing-variables.js';
import { type NamesOf, rowsOf, type ValuesOf } from './variable.js';
import { originVariables, weixinVariables } from './weixin-variables.js';

/** All environment variables by the field of Config that each one sets. Config, --help and the documents derive from it. */
export const table = {
  ...serverVariables,
  ...weixinVariables,
  ...proxyVariables,
  ...storeVariables,
  ...sessionVariables,
  ...watermarkVariables,
  ...limitVariables,
  ...originVariables,
  ...proofVariables,
  ...backendVariables,
  ...operationVariables,
  ...tracingVariables,
};

export type VariableName = NamesOf<typeof table>;

/** The values of all variables, before Config combines some of them. */
export type Settings = ValuesOf<typeof table>;

/** A variable as --help and docs/configuration.md show it. Code in the texts is in backticks. */
export interface VariableRow {
  readonly name: string;
  /** undefined: unset. */
  readonly default: string | undefined;
  readonly bounds: string;
  /** One sentence. */
  readonly meaning: string;
}

/** The rows of the table, in its order. */
export const variables: readonly VariableRow[] = rowsOf(table).map((row) => ({
  name: row.name,
  default: row.default,
  bounds: row.parser.bounds,
  meaning: row.meaning,
}));

/** Variables whose own values are secrets; other variables name a file that holds one. */
export const secretVariables: readonly string[] = rowsOf(table)
  .filter((row) => row.isSecret)
  .flatMap((row) => (row.alias === undefined ? [row.name] : [row.name, row.alias]));
