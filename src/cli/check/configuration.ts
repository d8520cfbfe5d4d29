import { trustedDocuments } from '../../app/gateway.js';
import { type Config, loadConfig } from '../../config/config.js';
import { ConfigError, type Env, textOf } from '../../config/env-reader.js';
import { variables } from '../../config/variables.js';
import { buildGatewaySchema, type SchemaServices } from '../../graphql/schema.js';
import { type Finding, failed, passed } from './finding.js';

const TRIED = 'configuration';

export interface ConfigurationCheck {
  readonly findings: readonly Finding[];
  /** undefined: a gateway would not start with it. */
  readonly config: Config | undefined;
}

/** Reads the variables as a start does: each problem is the same sentence. */
export async function checkConfiguration(env: Env): Promise<ConfigurationCheck> {
  try {
    const config = loadConfig(env);
    await tryTrustedDocuments(config);
    const names = variables.map(({ name }) => name).filter((name) => textOf(env, name) !== undefined);
    const found = names.length === 0 ? 'no variable is set, so the defaults hold' : `${names.join(', ')} are usable`;
    return { findings: [passed(TRIED, found), ...config.warnings.map(warned)], config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((problem) => failed(TRIED, problem));
    return { findings: [...problems, ...error.warnings.map(warned)], config: undefined };
  }
}

/** What a start only warns of does not fail the check either. */
function warned(warning: string): Finding {
  return passed(TRIED, warning);
}

/** @throws ConfigError if one of the documents could never run */
async function tryTrustedDocuments(config: Config): Promise<void> {
  if (config.trustedDocuments === undefined) return;
  // The schema alone: nothing is resolved.
  trustedDocuments(config, await buildGatewaySchema({} as SchemaServices));
}
