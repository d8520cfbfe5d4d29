import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.js';
import { ConfigError } from '../config/env-reader.js';
import { JwtSigner } from '../crypto/jwt-signer.js';
import { generateSigningKey } from '../crypto/signing-keys.js';
import { type Clock, type Milliseconds, systemClock } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import { noMetrics } from '../domain/metrics.js';
import { createApolloServer } from '../graphql/execution/apollo-server.js';
import { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import { buildGatewaySchema } from '../graphql/schema.js';
import type { Readiness } from '../http/health.js';
import { createHttpServer } from '../http/http-server.js';
import type { StoreState } from '../stores/stores.js';
import type { RunningSimulator } from './development.js';
import { openBackendDoor } from './backend-door.js';
import { browserAccess } from './browser-access.js';
import { observeRedis } from './observe-redis.js';
import { Resources } from './resources.js';
import { createServices } from './services.js';
import { openStores } from './stores.js';
import { openTracing } from './tracing.js';
import { createWeixin, serveApps, weixinPlace } from './weixin.js';

/** Interval between checks of the grammar watch. */
const GRAMMAR_WATCH_PERIOD: Milliseconds = 1_000;

/** A running gateway. */
export interface Gateway {
  /** URL of the public endpoint, e.g. http://127.0.0.1:4000. */
  readonly url: string;
  /** URL of the server of `/metrics`, if there is one. */
  readonly metricsUrl: string | undefined;
  /** URL of the door for back ends, if there is one. */
  readonly backendUrl: string | undefined;
  /** Whether the session store answers. */
  readonly storeState: () => StoreState;
  /** The simulator, if it stands in for Weixin. */
  readonly simulator: RunningSimulator | undefined;
  /** Reads the file of the Mini Programs now, if they are in one; a bad file changes nothing. */
  rereadApps(): Promise<void>;
  /** Sets `/readyz` to 503, answers for the drain time, finishes the requests in flight, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Wires the gateway and starts it. If the start fails, everything opened before is closed.
 *
 * @param ownClock for tests; with Redis, Redis's clock is used instead
 */
export async function startGateway(config: Config, log: Log, ownClock: Clock = systemClock): Promise<Gateway> {
  const resources = new Resources();
  try {
    return await wire({ config, log, ownClock, resources });
  } catch (error) {
    await resources.close();
    throw error;
  }
}

interface Start {
  readonly config: Config;
  readonly log: Log;
  readonly ownClock: Clock;
  readonly resources: Resources;
}

async function wire({ config, log, ownClock, resources }: Start): Promise<Gateway> {
  const prometheus = config.metrics && new (await import('../observability/prometheus-metrics.js')).PrometheusMetrics();
  const metrics = prometheus?.metrics ?? noMetrics;
  const tracing = await openTracing(config, log, metrics, resources);
  const stores = await openStores(config, log, ownClock, observeRedis(metrics, tracing));
  prometheus?.observeStores(stores);
  resources.add(() => stores.close());
  // Not loaded in production, which has no simulator and no pages.
  const development = config.production ? undefined : await import('./development.js');
  const simulator = await development?.startSimulator(config, stores.clock);
  resources.add(async () => simulator?.instance.close());

  const place = weixinPlace(config, simulator);
  const start = { config, place, log, metrics, tracing, stores, resources };
  const { apps, file } = serveApps(start);
  metrics.observeApps(() => apps.size);
  const weixin = createWeixin(start, apps);
  const signer = await JwtSigner.create(config.proofKeys ?? [generateSigningKey()], config.proofIssuer, stores.clock);
  const services = createServices(config, { stores, weixin, signer, apps, log, metrics, tracing });
  const looks = setInterval(() => services.grammarWatch.look(), GRAMMAR_WATCH_PERIOD).unref();
  resources.add(async () => clearInterval(looks));

  const schema = await buildGatewaySchema(services);
  const apollo = createApolloServer({ schema, log, introspection: !config.production });
  await apollo.start();
  resources.add(() => apollo.stop());

  let readiness: Readiness = 'starting';
  const backend = await openBackendDoor({
    config,
    services,
    issuer: signer.issuer,
    byClient: stores.limits.backendByClient,
    log,
    metrics,
    tracing,
    readiness: () => readiness,
    resources,
  });
  const server = await createHttpServer({
    apollo,
    log,
    metrics,
    tracing,
    readiness: () => readiness,
    storeState: stores.state,
    discovery: {
      issuer: signer.issuer,
      jwks: signer.jwks,
      algorithms: signer.algorithms,
      introspectionEndpoint: backend?.introspectionEndpoint,
    },
    trustedDocuments: trustedDocuments(config, schema),
    pages: await development?.developmentPages(simulator, place.apps),
    ...browserAccess(config, development?.DEVELOPMENT_ORIGINS ?? []),
    trustProxy: config.trustProxy,
    overload: config.overload,
    maxConnections: config.maxConnections,
  });
  const metricsServer = prometheus?.createServer();
  resources.add(async () => metricsServer?.close());
  const metricsUrl = config.metrics && (await metricsServer?.listen(config.metrics));
  resources.add(() => server.close());
  const url = await server.listen({ host: config.host, port: config.port });
  readiness = 'ready';

  return {
    url,
    metricsUrl,
    backendUrl: backend?.url,
    storeState: stores.state,
    simulator,
    rereadApps: async () => file?.reread(),
    async stop() {
      readiness = 'draining';
      await delay(config.drain);
      await resources.close();
    },
  };
}

/** @throws ConfigError if a document could never run */
export function trustedDocuments(
  { trustedDocuments: manifest }: Config,
  schema: GraphQLSchema,
): TrustedDocuments | undefined {
  if (manifest === undefined) return undefined;
  const documents = new TrustedDocuments(manifest);
  const misfits = documents.misfits(schema);
  if (misfits.length === 0) return documents;
  throw new ConfigError(misfits.map((id) => `TRUSTED_DOCUMENTS: ${id} does not fit the schema.`));
}
