import { isVariable, type Source, type Table, type ValuesOf, type Variable } from './variable.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** The configuration is invalid. The message lists every problem, names its variable and shows no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** @param warnings about other settings, which may be the cause: a misspelt name leaves a variable unset */
  constructor(
    readonly problems: readonly string[],
    readonly warnings: readonly string[] = [],
  ) {
    const also = warnings.length === 0 ? '' : `\nAlso noticed:${listed(warnings)}`;
    super(`The configuration is not usable:${listed(problems)}${also}`);
  }
}

function listed(sentences: readonly string[]): string {
  return sentences.map((sentence) => `\n  - ${sentence}`).join('');
}

/** The text of a variable; undefined if it is unset or empty. */
export function textOf(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** Reads the variables of a table, and collects their problems instead of stopping at the first. */
export class EnvReader {
  readonly #env: Env;
  readonly #readFile: Source['readFile'];
  readonly #production: boolean;
  readonly problems: string[] = [];

  /** @param production whether the production defaults apply */
  constructor(env: Env, readFile: Source['readFile'], production: boolean) {
    this.#env = env;
    this.#readFile = readFile;
    this.#production = production;
  }

  /** Reads the values of a table. The default, or undefined, replaces an invalid value. */
  values<T extends Table>(table: T): ValuesOf<T> {
    const values = Object.entries(table).map(([field, row]) => [
      field,
      isVariable(row) ? this.#value(row) : this.values(row),
    ]);
    return Object.fromEntries(values) as ValuesOf<T>;
  }

  #value(row: Variable<unknown>): unknown {
    const byDefault = (this.#production ? row.productionDefault : undefined) ?? row.default;
    const given = textOf(this.#env, row.name) ?? (row.alias === undefined ? undefined : textOf(this.#env, row.alias));
    for (const text of [given, byDefault]) {
      if (text === undefined) continue;
      const result = row.parser.parse(text, {
        name: row.name,
        readFile: this.#readFile,
        isSet: (name) => textOf(this.#env, name) !== undefined,
      });
      if (result.ok) return result.value;
      this.problems.push(...result.failure);
    }
    return undefined;
  }
}
