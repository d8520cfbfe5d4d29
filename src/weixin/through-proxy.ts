import { EnvHttpProxyAgent, Pool } from 'undici';
import type { Milliseconds } from '../domain/clock.js';
import { happyEyeballs } from './happy-eyeballs.js';

export interface ProxyOptions {
  /** URL of the proxy, with its credentials. */
  readonly proxy: string;
  /** Hosts that are called without the proxy, as in NO_PROXY. */
  readonly except: string;
  /** Deadline for each of: the connection to the proxy, its answer to CONNECT, the TLS handshake through it. */
  readonly timeout: Milliseconds;
  /** Certificate authorities; default: Node's. */
  readonly ca: string | undefined;
}

/**
 * Sends requests through an HTTP proxy by CONNECT, so that the proxy sees names of hosts and, of https, nothing else.
 * The agent would take HTTP_PROXY for https, too; as one proxy is chosen beforehand, it does not look at the environment.
 */
export function throughProxy(options: Pool.Options, { proxy, except, timeout, ca }: ProxyOptions): EnvHttpProxyAgent {
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: except,
    requestTls: { timeout, ...(ca !== undefined && { ca }) },
    clientFactory: (origin) =>
      new Pool(origin, { connect: happyEyeballs({ timeout, ca }), headersTimeout: timeout, bodyTimeout: timeout }),
  });
}
