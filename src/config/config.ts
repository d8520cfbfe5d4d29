import { readFileSync } from 'node:fs';
import { ConfigError, EnvReader, YEAR } from './env-reader.js';
import {
  type MetricsConfig,
  readCorsOrigins,
  readMetrics,
  readTrustedDocuments,
  type TrustedDocumentsConfig,
} from './http-config.js';
import { type OverloadConfig, type RateLimitsConfig, readOverload, readRateLimits } from './limits-config.js';
import { readProofIssuer, readProofKeys } from './proof-config.js';
import { readRedis, type RedisConfig } from './redis-config.js';
import { readWeixin, type SimulatorConfig, type WeixinConfig } from './weixin-config.js';
import type { Milliseconds } from '../domain/clock.js';
import type { LogLevel } from '../domain/log.js';
import type { ProofKey } from '../phones/proof-signer.js';

/** How the gateway runs. Durations are milliseconds here, whatever unit their variable has. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly weixin: WeixinConfig | SimulatorConfig;
  /** For all that one request waits for at Weixin. */
  readonly weixinTimeout: Milliseconds;
  /** Calls of Weixin at a time. */
  readonly weixinMaxInFlight: number;
  /** Where sessions live that several processes share; undefined: in this process. */
  readonly redis: RedisConfig | undefined;
  readonly sessionMax: number;
  readonly sessionsPerUser: number;
  readonly sessionIdle: Milliseconds;
  readonly sessionAbsolute: Milliseconds;
  readonly loginReplay: Milliseconds;
  readonly watermarkMaxAge: Milliseconds;
  readonly clockSkew: Milliseconds;
  readonly decryptFailureLimit: number;
  readonly decryptFailureWindow: Milliseconds;
  readonly rateLimits: RateLimitsConfig;
  readonly overload: OverloadConfig;
  /** Ask Weixin for every decrypted number whether it issued it. */
  readonly verifyOrigin: boolean;
  /** Tell Weixin who must have tapped for a phone code. */
  readonly bindPhoneCodes: boolean;
  /** The first signs, all are published; with none there are no proofs. undefined: one is made at start. */
  readonly proofKeys: readonly ProofKey[] | undefined;
  readonly proofIssuer: string;
  /** The only operations that run, by their ids; undefined: any that fits the schema. */
  readonly trustedDocuments: TrustedDocumentsConfig | undefined;
  /** Where `/metrics` listens; undefined: nowhere. */
  readonly metrics: MetricsConfig | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: number;
  readonly maxConnections: number;
  readonly logLevel: LogLevel;
  /** How long the gateway goes on answering after SIGTERM, so that a balancer sees `/readyz` turn. */
  readonly drain: Milliseconds;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * The configuration that these environment variables make. An empty variable counts as unset.
 *
 * @param readFile how to read a file that a variable names
 * @throws ConfigError with every problem at once
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const reader = new EnvReader(env, readFile);
  const port = reader.wholeNumber('PORT', 0, 65_535, 4000);
  const config: Config = {
    production: reader.production,
    host: reader.host,
    port,
    weixin: readWeixin(reader),
    weixinTimeout: reader.wholeNumber('WEIXIN_TIMEOUT_MS', 100, 60_000, 2500),
    weixinMaxInFlight: reader.wholeNumber('WEIXIN_MAX_IN_FLIGHT', 1, 4096, 256),
    redis: readRedis(reader),
    sessionMax: reader.wholeNumber('SESSION_MAX', 1, 10_000_000, 1_000_000),
    sessionsPerUser: reader.wholeNumber('SESSIONS_PER_USER', 1, 1000, 10),
    sessionIdle: reader.seconds('SESSION_IDLE_SECONDS', 1, YEAR, 7200),
    sessionAbsolute: reader.seconds('SESSION_ABSOLUTE_SECONDS', 1, YEAR, 604_800),
    loginReplay: reader.seconds('LOGIN_REPLAY_SECONDS', 0, 300, 60),
    watermarkMaxAge: reader.seconds('WATERMARK_MAX_AGE_SECONDS', 1, YEAR, 300),
    clockSkew: reader.seconds('CLOCK_SKEW_SECONDS', 0, 3600, 60),
    decryptFailureLimit: reader.wholeNumber('DECRYPT_FAILURE_LIMIT', 1, 1_000_000, 20),
    decryptFailureWindow: reader.seconds('DECRYPT_FAILURE_WINDOW_SECONDS', 1, YEAR, 3600),
    rateLimits: readRateLimits(reader),
    overload: readOverload(reader),
    verifyOrigin: reader.oneOf('VERIFY_ORIGIN', ['never', 'always'], 'never') === 'always',
    bindPhoneCodes: reader.oneOf('PHONE_CODE_BINDING', ['openid', 'none'], 'openid') === 'openid',
    proofKeys: readProofKeys(reader),
    proofIssuer: readProofIssuer(reader, port),
    trustedDocuments: readTrustedDocuments(reader),
    metrics: readMetrics(reader),
    corsOrigins: readCorsOrigins(reader),
    trustProxy: reader.wholeNumber('TRUST_PROXY', 0, 16, 0),
    maxConnections: reader.wholeNumber('MAX_CONNECTIONS', 1, 1_000_000, 10_000),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    drain: reader.seconds('DRAIN_SECONDS', 0, 5, 1),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return config;
}
