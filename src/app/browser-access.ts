import type { Config } from '../config/config.js';
import { isLoopback } from '../domain/loopback.js';
import type { HttpServerOptions } from '../http/http-server.js';

/**
 * Origins and host names that browsers may use. A development gateway on the loopback interface answers only loopback
 * hosts and those of CORS_ORIGINS, against DNS rebinding.
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
