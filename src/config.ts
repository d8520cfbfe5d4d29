import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { SEALING_KEY_BYTES } from './crypto/sealing.js';
import type { NamedKey } from './crypto/store-seal.js';
import { type App, parseAppId } from './domain/app.js';
import { decodeBase64 } from './domain/base64.js';
import type { Milliseconds } from './domain/clock.js';
import { Secret } from './domain/secret.js';
import type { LogLevel } from './http/log.js';
import { parseProofKeys, type ProofKey } from './phones/proof-signer.js';

/** How the gateway runs. Durations are milliseconds here, whatever unit their variable has. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Where Weixin is, and for which Mini Programs; or the simulator in its place. */
  readonly weixin: { readonly origin: string; readonly apps: readonly App[] } | SimulatorConfig;
  readonly weixinTimeout: Milliseconds;
  /** Where sessions live that several processes share; undefined: in this process. */
  readonly redis: { readonly url: string; readonly sealingKeys: readonly [NamedKey, ...NamedKey[]] } | undefined;
  readonly sessionMax: number;
  readonly sessionsPerUser: number;
  readonly sessionIdle: Milliseconds;
  readonly sessionAbsolute: Milliseconds;
  readonly loginReplay: Milliseconds;
  readonly watermarkMaxAge: Milliseconds;
  readonly clockSkew: Milliseconds;
  readonly decryptFailureLimit: number;
  readonly decryptFailureWindow: Milliseconds;
  /** Ask Weixin for every decrypted number whether it issued it. */
  readonly verifyOrigin: boolean;
  /** Tell Weixin who must have tapped for a phone code. */
  readonly bindPhoneCodes: boolean;
  /** The first signs, all are published; with none there are no proofs. undefined: one is made at start. */
  readonly proofKeys: readonly ProofKey[] | undefined;
  readonly proofIssuer: string;
  /** The only operations that run, by their ids; undefined: any that fits the schema. */
  readonly trustedDocuments: Readonly<Record<string, string>> | undefined;
  /** Where `/metrics` listens; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: number;
  readonly logLevel: LogLevel;
  /** How long the gateway goes on answering after SIGTERM, so that a balancer sees `/readyz` turn. */
  readonly drain: Milliseconds;
}

export interface SimulatorConfig {
  /** undefined: the port after the gateway's, or a free one. */
  readonly simulatorPort: number | undefined;
}

/** The configuration is not usable: the message lists every problem, names its variable and shows no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What an app's secret may be: Weixin's are 32 hexadecimal digits. A comma would end it in WEIXIN_APPS. */
const APP_SECRET = /^[^\s,]{1,128}$/;

const REDIS_URL = /^rediss?:\/\/[^\s]+$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** Everybody has it, so it keeps nothing secret: for a Redis on the developer's own machine. */
const DEVELOPMENT_STORE_KEY: NamedKey = { id: 'development', key: Buffer.alloc(SEALING_KEY_BYTES, 'development') };

const manifest = z.record(z.string().regex(/^sha256:[0-9a-f]{64}$/), z.string().min(1));

const appsFile = z.array(z.strictObject({ appId: z.string(), secret: z.string() })).min(1);

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
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const wholeNumber = (name: string, min: number, max: number, fallback: number): number => {
    const value = text(name) ?? String(fallback);
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    problems.push(`${name} must be a whole number from ${min} to ${max}.`);
    return fallback;
  };
  const seconds = (name: string, min: number, max: number, fallback: number): Milliseconds =>
    wholeNumber(name, min, max, fallback) * 1000;
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name) ?? fallback;
    if ((values as readonly string[]).includes(value)) return value as T;
    problems.push(`${name} must be one of: ${values.join(', ')}.`);
    return fallback;
  };

  const production = text('NODE_ENV') === 'production';
  const host = text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1');
  const port = wholeNumber('PORT', 0, 65_535, 4000);
  const config: Config = {
    production,
    host,
    port,
    weixin: weixin(),
    weixinTimeout: wholeNumber('WEIXIN_TIMEOUT_MS', 100, 60_000, 2500),
    redis: redis(),
    sessionMax: wholeNumber('SESSION_MAX', 1, 10_000_000, 1_000_000),
    sessionsPerUser: wholeNumber('SESSIONS_PER_USER', 1, 1000, 10),
    sessionIdle: seconds('SESSION_IDLE_SECONDS', 1, YEAR, 7200),
    sessionAbsolute: seconds('SESSION_ABSOLUTE_SECONDS', 1, YEAR, 604_800),
    loginReplay: seconds('LOGIN_REPLAY_SECONDS', 0, 300, 60),
    watermarkMaxAge: seconds('WATERMARK_MAX_AGE_SECONDS', 1, YEAR, 300),
    clockSkew: seconds('CLOCK_SKEW_SECONDS', 0, 3600, 60),
    decryptFailureLimit: wholeNumber('DECRYPT_FAILURE_LIMIT', 1, 1_000_000, 20),
    decryptFailureWindow: seconds('DECRYPT_FAILURE_WINDOW_SECONDS', 1, YEAR, 3600),
    verifyOrigin: oneOf('VERIFY_ORIGIN', ['never', 'always'], 'never') === 'always',
    bindPhoneCodes: oneOf('PHONE_CODE_BINDING', ['openid', 'none'], 'openid') === 'openid',
    proofKeys: proofKeys(),
    proofIssuer: proofIssuer(),
    trustedDocuments: trustedDocuments(),
    metrics: metrics(),
    corsOrigins: corsOrigins(),
    trustProxy: wholeNumber('TRUST_PROXY', 0, 16, 0),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    drain: seconds('DRAIN_SECONDS', 0, 5, 1),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;

  function weixin(): Config['weixin'] {
    const asked = text('WEIXIN_SIMULATOR');
    const isMistyped = asked !== undefined && asked !== 'on' && asked !== 'off';
    if (isMistyped) problems.push('WEIXIN_SIMULATOR must be one of: on, off.');
    const portText = text('WEIXIN_SIMULATOR_PORT');
    const simulatorPort = portText === undefined ? undefined : wholeNumber('WEIXIN_SIMULATOR_PORT', 0, 65_535, 0);
    const origin = weixinOrigin();
    const given = apps();

    if (asked === 'on' && !production) return { simulatorPort };
    if (asked === 'on') problems.push('WEIXIN_SIMULATOR must not be on in production: the simulator logs anybody in.');
    if (given === undefined && !isMistyped) {
      const comesOnByItself = !production && isLoopback(host) && text('PROOF_KEY_FILE') === undefined;
      if (asked === undefined && comesOnByItself) return { simulatorPort };
      problems.push(
        'WEIXIN_APPS or WEIXIN_APPS_FILE is needed: appid:secret of each Mini Program. ' +
          'The simulator stands in for Weixin only outside production, on a loopback HOST, and without PROOF_KEY_FILE.',
      );
    }
    return { origin, apps: given ?? [] };
  }

  function weixinOrigin(): string {
    const url = parseUrl(text('WEIXIN_API_URL') ?? 'https://api.weixin.qq.com');
    if (
      url === undefined ||
      url.username !== '' ||
      url.password !== '' ||
      url.pathname !== '/' ||
      url.search !== '' ||
      url.hash !== ''
    ) {
      problems.push('WEIXIN_API_URL must be an http or https URL of a host, without a path, a query or credentials.');
      return '';
    }
    if (production && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
      problems.push('WEIXIN_API_URL must be https in production, or a loopback address: the app secret travels to it.');
    }
    return url.origin;
  }

  function apps(): readonly App[] | undefined {
    const inline = text('WEIXIN_APPS');
    const path = text('WEIXIN_APPS_FILE');
    if (inline !== undefined && path !== undefined) {
      problems.push('WEIXIN_APPS and WEIXIN_APPS_FILE exclude each other: set one of them.');
    }
    if (inline !== undefined) {
      return checkedApps(
        'WEIXIN_APPS',
        inline.split(',').map((entry) => {
          const [appId = '', ...secret] = entry.trim().split(':');
          return { appId, secret: secret.join(':') };
        }),
      );
    }
    return path === undefined ? undefined : checkedApps('WEIXIN_APPS_FILE', appsInFile(path));
  }

  function appsInFile(path: string): readonly { appId: string; secret: string }[] {
    try {
      return appsFile.parse(JSON.parse(readFile(path)));
    } catch {
      problems.push('WEIXIN_APPS_FILE must name a readable JSON file: [{"appId": "…", "secret": "…"}].');
      return [];
    }
  }

  function checkedApps(name: string, entries: readonly { appId: string; secret: string }[]): readonly App[] {
    const checked = new Map<string, App>();
    entries.forEach((entry, i) => {
      const appId = parseAppId(entry.appId);
      if (appId === undefined)
        problems.push(`${name}, entry ${i + 1}: the appid must be wx and 16 hexadecimal digits.`);
      if (!APP_SECRET.test(entry.secret)) problems.push(`${name}, entry ${i + 1}: the secret is missing or malformed.`);
      if (checked.has(entry.appId)) problems.push(`${name}, entry ${i + 1}: the appid is there twice.`);
      if (appId !== undefined) checked.set(appId, { appId, secret: new Secret(entry.secret) });
    });
    return [...checked.values()];
  }

  function redis(): Config['redis'] {
    const url = text('REDIS_URL');
    if (url !== undefined && !REDIS_URL.test(url)) problems.push('REDIS_URL must be a redis:// or rediss:// URL.');
    const [first, ...others] = storeKeys(url !== undefined);
    if (url === undefined || first === undefined) return undefined;
    return { url, sealingKeys: [first, ...others] };
  }

  function storeKeys(needed: boolean): readonly NamedKey[] {
    const list = text('STORE_KEYS');
    if (list === undefined) {
      if (needed && production) {
        problems.push(
          'STORE_KEYS is needed with REDIS_URL in production: kid:base64 of 32 bytes, the first one seals.',
        );
      }
      return needed ? [DEVELOPMENT_STORE_KEY] : [];
    }
    const keys = new Map<string, NamedKey>();
    list.split(',').forEach((entry, i) => {
      const [id = '', encoded = ''] = entry.trim().split(':');
      const key = decodeBase64(encoded);
      if (!KEY_ID.test(id))
        problems.push(`STORE_KEYS, entry ${i + 1}: the kid must be 1 to 32 letters, digits, - or _.`);
      if (key?.length !== SEALING_KEY_BYTES) {
        problems.push(`STORE_KEYS, entry ${i + 1}: the key must be Base64 of ${SEALING_KEY_BYTES} bytes.`);
      }
      if (keys.has(id)) problems.push(`STORE_KEYS, entry ${i + 1}: the kid is there twice.`);
      if (key !== undefined) keys.set(id, { id, key });
    });
    return [...keys.values()];
  }

  function proofKeys(): readonly ProofKey[] | undefined {
    const path = text('PROOF_KEY_FILE');
    if (path === undefined) return production ? [] : undefined;
    let keys: readonly ProofKey[] | undefined;
    try {
      keys = parseProofKeys(readFile(path));
    } catch {
      // A file that cannot be read holds no keys.
    }
    if (keys === undefined) {
      problems.push('PROOF_KEY_FILE must name a readable PEM file of PKCS#8 private keys, each Ed25519 or P-256.');
    }
    return keys ?? [];
  }

  function proofIssuer(): string {
    const issuer = text('PROOF_ISSUER');
    if (issuer === undefined && text('PROOF_KEY_FILE') !== undefined) {
      problems.push('PROOF_ISSUER is needed with PROOF_KEY_FILE: the URL that names this gateway in proofs.');
    }
    if (issuer !== undefined && parseUrl(issuer) === undefined) {
      problems.push('PROOF_ISSUER must be an http or https URL.');
    }
    return issuer ?? (port === 0 ? 'http://localhost' : `http://localhost:${port}`);
  }

  function trustedDocuments(): Config['trustedDocuments'] {
    const path = text('TRUSTED_DOCUMENTS');
    if (path === undefined) return undefined;
    try {
      return manifest.parse(JSON.parse(readFile(path)));
    } catch {
      problems.push('TRUSTED_DOCUMENTS must name a readable manifest: {"sha256:<hex>": "<document>"}.');
      return undefined;
    }
  }

  function metrics(): Config['metrics'] {
    const metricsHost = text('METRICS_HOST') ?? '127.0.0.1';
    if (text('METRICS_PORT') === undefined) return undefined;
    return { host: metricsHost, port: wholeNumber('METRICS_PORT', 0, 65_535, 0) };
  }

  function corsOrigins(): readonly string[] {
    const origins = (text('CORS_ORIGINS') ?? '').split(',').map((origin) => origin.trim());
    return origins.filter(Boolean).map((origin) => {
      if (parseUrl(origin)?.origin !== origin) {
        problems.push('CORS_ORIGINS must be origins such as https://example.com, without a path or a closing slash.');
      }
      return origin;
    });
  }
}

/** Seconds in a year: a duration beyond it is a mistake. */
const YEAR = 31_536_000;

function parseUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
