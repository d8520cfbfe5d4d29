import type { Config } from '../config/config.js';
import { isLoopback } from '../domain/loopback.js';
import type { HttpServerOptions } from '../http/http-server.js';

/**
 * Which origins and host names browsers may use. A development gateway on the loopback interface answers loopback hosts and
 * those of CORS_ORIGINS only, so that no page can reach it by rebinding its own name.
 *
 * @param developmentOrigins allowed outside production
 */
export function browserAccess(
  { production, host, corsOrigins }: Config,
  developmentOrigins: readonly string[],
): Pick<HttpServerOptions, 'corsOrigins' | 'allowedHosts'> {
  if (production) return { corsOrigins, allowedHosts: undefined };
  return {
    corsOrigins: [...corsOrigins, ...developmentOrigins],
    allowedHosts: isLoopback(host) ? [host, ...hostsOf(corsOrigins)] : undefined,
  };
}

/** The host names of these origins, in lower case. */
export function hostsOf(origins: readonly string[]): readonly string[] {
  return origins.map((origin) => new URL(origin).hostname);
}
