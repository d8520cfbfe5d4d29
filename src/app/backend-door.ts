import type { Config } from '../config/config.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import { createBackendServer } from '../http/backend/backend-server.js';
import { endSessions } from '../http/backend/end-sessions.js';
import { introspect } from '../http/backend/introspect.js';
import { userSignature } from '../http/backend/user-signature.js';
import type { Readiness } from '../http/health.js';
import type { RateLimit } from '../stores/rate-limit.js';
import type { Resources } from './resources.js';
import type { Services } from './services.js';

export interface BackendDoor {
  /** Where it listens. */
  readonly url: string;
  /** Where back ends introspect tokens; undefined: not known, since it listens on every address. */
  readonly introspectionEndpoint: string | undefined;
}

export interface BackendDoorStart {
  readonly config: Config;
  readonly services: Services;
  readonly issuer: string;
  readonly byClient: RateLimit;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly readiness: () => Readiness;
  readonly resources: Resources;
}

/** Addresses on which a server listens and by which nobody can call it. */
const WILDCARDS = ['0.0.0.0', '::', '[::]', '*'];

/** Opens the door for back ends on a port of its own, if there is to be one. */
export async function openBackendDoor(start: BackendDoorStart): Promise<BackendDoor | undefined> {
  const { config, services, issuer, byClient, log, metrics, tracing, readiness, resources } = start;
  if (config.backendDoor === undefined) return undefined;
  const { host, port, url: publicUrl, clients } = config.backendDoor;
  const introspection = introspect(services.introspection, issuer);
  const server = createBackendServer({
    endpoints: [
      introspection,
      userSignature(services.introspection, services.signatures),
      endSessions(services.sessions),
    ],
    clients,
    byClient,
    log,
    metrics,
    tracing,
    readiness,
    overload: config.overload,
    maxConnections: config.maxConnections,
  });
  resources.add(() => server.close());
  const url = await server.listen({ host, port });
  const reachable = publicUrl ?? (WILDCARDS.includes(host) ? undefined : url);
  return { url, introspectionEndpoint: reachable && `${reachable}${introspection.path}` };
}
