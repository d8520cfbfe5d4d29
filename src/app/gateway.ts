import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.js';
import { ConfigError } from '../config/env-reader.js';
import { type Clock, systemClock } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import { noMetrics } from '../domain/metrics.js';
import { createApolloServer } from '../graphql/apollo-server.js';
import { observeOperations } from '../graphql/observe-operations.js';
import { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import { SANDBOX_ORIGINS, sandboxPlugin } from '../playground/explorer/sandbox-plugin.js';
import type { Readiness, StoreState } from '../http/health.js';
import { createHttpServer } from '../http/http-server.js';
import { readLandingPage } from '../playground/landing-page.js';
import { generateProofKey, ProofSigner } from '../phones/proof-signer.js';
import type { RunningSimulator } from './development.js';
import { wireServices } from './services.js';
import { openStores } from './stores.js';
import { HttpWeixinApi } from '../weixin/http-weixin-api.js';
import { WeixinHttp } from '../weixin/weixin-http.js';

/** Milliseconds between looks at refused documents. */
const GRAMMAR_WATCH_PERIOD = 1_000;

/** A gateway that listens. */
export interface Gateway {
  /** Of the public endpoint, e.g. http://127.0.0.1:4000. */
  readonly url: string;
  /** Of `/metrics`' server, where there is one. */
  readonly metricsUrl: string | undefined;
  /** Whether the store that sessions live in answers. */
  readonly storeState: () => StoreState;
  /** What stands in Weixin's place, where something does. */
  readonly simulator: RunningSimulator | undefined;
  /** Turns `/readyz` to 503, answers for the drain time, finishes what is in flight, and lets everything go. */
  stop(): Promise<void>;
}

/**
 * Wires the gateway and starts it: here and in gateway-stores.ts, implementations are chosen, and nowhere else. Where the
 * start fails, what was started before is let go.
 *
 * @param ownClock stands still or jumps where a test wants it to; with Redis, the time is Redis's
 * @param tuned false: nothing is compiled, and every request goes through Apollo Server's HTTP layer, for a test to compare
 *   with; the answers are the same
 */
export async function startGateway(
  config: Config,
  log: Log,
  ownClock: Clock = systemClock,
  tuned = true,
): Promise<Gateway> {
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return await wire(config, log, ownClock, tuned, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** @param opened how to let go of what was opened, in the order of opening */
async function wire(
  config: Config,
  log: Log,
  ownClock: Clock,
  tuned: boolean,
  opened: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<Gateway> {
  const stores = await openStores(config, log, ownClock);
  opened.push(() => stores.close());
  const { clock } = stores;
  // What production does without is not loaded there: it would take a part of every start.
  const development = config.production ? undefined : await import('./development.js');
  const simulator =
    'simulatorPort' in config.weixin ? await development?.startSimulator(config.weixin, config.port, clock) : undefined;
  if (simulator !== undefined) opened.push(() => simulator.instance.close());
  const { origin, apps } =
    'origin' in config.weixin
      ? config.weixin
      : { origin: simulator?.url ?? '', apps: simulator?.instance.world.apps ?? [] };

  const prometheus =
    config.metrics && new (await import('../observability/prometheus-metrics.js')).PrometheusMetrics(stores.state);
  const metrics = prometheus ?? noMetrics;
  const weixinHttp = new WeixinHttp({
    origin,
    connections: config.weixinMaxInFlight,
    connectTimeout: config.weixinTimeout,
  });
  opened.push(() => weixinHttp.close());
  const weixin = new HttpWeixinApi({
    http: weixinHttp,
    apps,
    clock,
    uptime: () => performance.now(),
    log,
    metrics,
    maxInFlight: config.weixinMaxInFlight,
    tokenDeadline: config.weixinTimeout,
    sharedTokens: stores.accessTokens,
  });
  const proofs = await ProofSigner.create(config.proofKeys ?? [generateProofKey()], config.proofIssuer, clock);
  const { schema, grammarWatch } = await wireServices(config, { stores, weixin, proofs, apps, log, metrics });
  const looks = setInterval(() => grammarWatch.look(), GRAMMAR_WATCH_PERIOD).unref();
  opened.push(async () => clearInterval(looks));
  if (prometheus !== undefined) observeOperations(schema, prometheus);
  const explorer = await development?.readExplorer(simulator, apps);
  const apollo = createApolloServer({
    schema,
    log,
    introspection: !config.production,
    landingPage: explorer && sandboxPlugin(explorer),
    compiled: tuned,
  });
  await apollo.start();
  opened.push(() => apollo.stop());

  let readiness: Readiness = 'starting';
  const server = await createHttpServer({
    apollo,
    log,
    readiness: () => readiness,
    storeState: stores.state,
    jwks: proofs.jwks,
    explorer,
    trustedDocuments: trustedDocuments(config, schema),
    landingPage: development && (await readLandingPage(development.phoneSide(simulator))),
    corsOrigins: config.production ? config.corsOrigins : [...config.corsOrigins, ...SANDBOX_ORIGINS],
    trustProxy: config.trustProxy,
    shortWay: tuned,
    overload: config.overload,
    metrics,
    maxConnections: config.maxConnections,
  });
  const metricsServer = prometheus?.createServer();
  opened.push(async () => metricsServer?.close());
  const metricsUrl = config.metrics && (await metricsServer?.listen(config.metrics));
  opened.push(() => server.close());
  const url = await server.listen({ host: config.host, port: config.port });
  readiness = 'ready';

  return {
    url,
    metricsUrl,
    storeState: stores.state,
    simulator,
    async stop() {
      readiness = 'draining';
      await delay(config.drain);
      await closeAll();
    },
  };
}

/** @throws ConfigError where a document could never run */
function trustedDocuments({ trustedDocuments: manifest }: Config, schema: GraphQLSchema): TrustedDocuments | undefined {
  if (manifest === undefined) return undefined;
  const documents = new TrustedDocuments(manifest);
  const misfits = documents.misfits(schema);
  if (misfits.length === 0) return documents;
  throw new ConfigError(misfits.map((id) => `TRUSTED_DOCUMENTS: ${id} does not fit the schema.`));
}
