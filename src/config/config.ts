import { readFileSync } from 'node:fs';
import type { SigningKey } from '../crypto/signing-keys.js';
import type { TracingSettings } from '../domain/tracing-settings.js';
import { backendDoor, type BackendDoorConfig } from './backend-door-config.js';
import { brokenRules } from './cross-checks.js';
import { ConfigError, type Env, EnvReader, textOf } from './env-reader.js';
import { isKnownMode, isProduction } from './node-env.js';
import { redisConfig, type RedisConfig } from './redis-config.js';
import { redisWarnings } from './redis-rules.js';
import { tracingConfig } from './tracing-config.js';
import { unknownVariables } from './unknown-variables.js';
import { type Settings, table } from './variables.js';
import { type SimulatorConfig, weixinConfig, type WeixinConfig } from './weixin-config.js';
import { weixinWarnings } from './weixin-rules.js';

/** Fields that depend on more than one variable. */
interface Combined {
  readonly weixin: WeixinConfig | SimulatorConfig;
  /** The Redis that several processes share; undefined: all state lives in this process. */
  readonly redis: RedisConfig | undefined;
  /**
   * The first signs, all are published; without any there are no proofs. undefined: a key is generated at the start.
   */
  readonly proofKeys: readonly SigningKey[] | undefined;
  readonly proofIssuer: string;
  /** Address of `/metrics`; undefined: no metrics. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Where spans go; undefined: nowhere. */
  readonly tracing: TracingSettings | undefined;
  /** Where your own back ends call; undefined: nowhere. */
  readonly backendDoor: BackendDoorConfig | undefined;
  readonly corsOrigins: readonly string[];
  /** Warnings for the log about settings that are probably mistakes. They show no value. */
  readonly warnings: readonly string[];
}

/**
 * Configuration of the gateway: a field for each row of the table of variables, with the meaning given there, and the
 * fields that depend on several rows. All durations are in milliseconds.
 */
export interface Config extends Omit<Settings, keyof Combined | 'proofs' | 'backend'>, Combined {}

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
  const isSet = (name: string) => textOf(env, name) !== undefined;
  const problems = [...reader.problems, ...brokenRules(settings, isSet)];
  const warnings = [
    ...(isKnownMode(mode) ? [] : [UNKNOWN_MODE]),
    ...unknownVariables(env),
    ...redisWarnings(isSet),
    ...weixinWarnings(isSet),
  ];
  if (problems.length > 0) throw new ConfigError(problems, warnings);

  const { proofs, metrics, backend, ...fields } = settings;
  return {
    ...fields,
    weixin: weixinConfig(settings),
    redis: redisConfig(settings),
    proofKeys: proofs.keys ?? (settings.production ? [] : undefined),
    proofIssuer: proofs.issuer ?? (settings.port === 0 ? 'http://localhost' : `http://localhost:${settings.port}`),
    metrics: metrics.port === undefined ? undefined : { host: metrics.host, port: metrics.port },
    tracing: tracingConfig(settings),
    backendDoor: backendDoor(backend),
    corsOrigins: settings.corsOrigins ?? [],
    warnings: [...warnings, ...(settings.production && proofs.keys === undefined ? [NO_PROOFS] : [])],
  };
}

const NO_PROOFS =
  'PROOF_KEY_FILE is unset: PhoneNumber.proof and Session.proof are null, so other back ends cannot verify who calls.';
const UNKNOWN_MODE = 'NODE_ENV is neither development, test nor production, and is taken for production.';
