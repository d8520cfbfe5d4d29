import { readFileSync } from 'node:fs';
import type { ProofKey } from '../phones/proof-signer.js';
import { brokenRules } from './cross-checks.js';
import { ConfigError, type Env, EnvReader, textOf } from './env-reader.js';
import { isKnownMode, isProduction } from './node-env.js';
import { redisConfig, type RedisConfig } from './redis-config.js';
import { unknownVariables } from './unknown-variables.js';
import { type Settings, table } from './variables.js';
import { type SimulatorConfig, weixinConfig, type WeixinConfig } from './weixin-config.js';

/** Fields that more than one variable decides. */
interface Combined {
  readonly weixin: WeixinConfig | SimulatorConfig;
  /** Where sessions live that several processes share; undefined: in this process. */
  readonly redis: RedisConfig | undefined;
  /** The first signs, all are published; without any there are no proofs. undefined: one is made at the start. */
  readonly proofKeys: readonly ProofKey[] | undefined;
  readonly proofIssuer: string;
  /** Where `/metrics` listens; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly corsOrigins: readonly string[];
  /** Sentences for the log about settings that are probably mistakes and do not stop the start. They show no value. */
  readonly warnings: readonly string[];
}

/**
 * How the gateway runs: a field for each row of the table of variables, with the meaning given there, and the fields that
 * several rows decide. Durations are milliseconds here, whatever unit their variable has.
 */
export interface Config extends Omit<Settings, keyof Combined | 'proofs'>, Combined {}

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 *
 * @param readFile reads a file that a variable names; throws if it cannot
 * @throws ConfigError with every problem at once
 */
export function loadConfig(
  env: Env,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const mode = textOf(env, 'NODE_ENV') ?? 'development';
  const reader = new EnvReader(env, readFile, isProduction(mode));
  const settings = reader.values(table);
  const problems = [...reader.problems, ...brokenRules(settings, (name) => textOf(env, name) !== undefined)];
  const warnings = [...(isKnownMode(mode) ? [] : [UNKNOWN_MODE]), ...unknownVariables(env)];
  if (problems.length > 0) throw new ConfigError(problems, warnings);

  const { proofs, metrics, ...fields } = settings;
  return {
    ...fields,
    weixin: weixinConfig(settings),
    redis: redisConfig(settings),
    proofKeys: proofs.keys ?? (settings.production ? [] : undefined),
    proofIssuer: proofs.issuer ?? (settings.port === 0 ? 'http://localhost' : `http://localhost:${settings.port}`),
    metrics: metrics.port === undefined ? undefined : { host: metrics.host, port: metrics.port },
    corsOrigins: settings.corsOrigins ?? [],
    warnings,
  };
}

const UNKNOWN_MODE = 'NODE_ENV is neither development, test nor production, and is taken for production.';
