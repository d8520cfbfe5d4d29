import { setTimeout as delay } from 'node:timers/promises';
import type { Config, SimulatorConfig } from './config.js';
import { CryptoService } from './crypto/crypto-service.js';
import { type Clock, systemClock } from './domain/clock.js';
import type { Log } from './domain/log.js';
import { createApolloServer } from './graphql/apollo-server.js';
import { buildGatewaySchema } from './graphql/schema.js';
import type { Readiness } from './http/health.js';
import { createHttpServer } from './http/http-server.js';
import { SANDBOX_ORIGINS, sandboxPlugin } from './http/sandbox.js';
import { PhoneService } from './phones/phone-service.js';
import { generateProofKey, ProofSigner } from './phones/proof-signer.js';
import { SessionService } from './sessions/session-service.js';
import { openStores } from './gateway-stores.js';
import { HttpWeixinApi } from './weixin/http-weixin-api.js';
import { createDemoApp, DEMO_USER } from './weixin/simulator/demo-app.js';
import { Simulator } from './weixin/simulator/simulator.js';
import { WeixinHttp } from './weixin/weixin-http.js';

/** A gateway that listens. */
export interface Gateway {
  /** Of the public endpoint, e.g. http://127.0.0.1:4000. */
  readonly url: string;
  /** What stands in Weixin's place, where something does. */
  readonly simulator: RunningSimulator | undefined;
  /** Turns `/readyz` to 503, answers for the drain time, finishes what is in flight, and lets everything go. */
  stop(): Promise<void>;
}

export interface RunningSimulator {
  readonly url: string;
  readonly instance: Simulator;
}

/**
 * Wires the gateway and starts it: here and in gateway-stores.ts, implementations are chosen, and nowhere else.
 *
 * @param ownClock stands still or jumps where a test wants it to; with Redis, the time is Redis's
 */
export async function startGateway(config: Config, log: Log, ownClock: Clock = systemClock): Promise<Gateway> {
  const stores = await openStores(config, log, ownClock);
  const { clock } = stores;
  const simulator =
    'simulatorPort' in config.weixin ? await startSimulator(config.weixin, config.port, clock) : undefined;
  const { origin, apps } =
    'origin' in config.weixin
      ? config.weixin
      : { origin: simulator?.url ?? '', apps: simulator?.instance.world.apps ?? [] };

  const weixinHttp = new WeixinHttp(origin, config.weixinTimeout);
  const weixin = new HttpWeixinApi({
    http: weixinHttp,
    apps,
    clock,
    log,
    deadline: config.weixinTimeout,
    sharedTokens: stores.accessTokens,
  });
  const sessions = new SessionService({ weixin, ...stores, loginReplay: config.loginReplay });
  const phones = new PhoneService({
    crypto: new CryptoService(),
    weixin,
    ...stores,
    rules: { maxAge: config.watermarkMaxAge, skew: config.clockSkew },
    verifyOrigin: config.verifyOrigin,
    bindPhoneCodes: config.bindPhoneCodes,
  });
  const proofs = await ProofSigner.create(config.proofKeys ?? [generateProofKey()], config.proofIssuer, clock);

  const schema = await buildGatewaySchema({
    sessions,
    phones,
    proofs,
    apps: new Map(apps.map((app) => [app.appId, app])),
  });
  const apollo = createApolloServer({
    schema,
    log,
    introspection: !config.production,
    landingPage: config.production ? undefined : sandboxPlugin(async () => loginCode(simulator)),
  });
  await apollo.start();

  let readiness: Readiness = 'starting';
  const server = await createHttpServer({
    apollo,
    log,
    readiness: () => readiness,
    storeState: stores.state,
    jwks: proofs.jwks,
    corsOrigins: config.production ? config.corsOrigins : [...config.corsOrigins, ...SANDBOX_ORIGINS],
    trustProxy: config.trustProxy,
  });
  const url = await server.listen({ host: config.host, port: config.port });
  readiness = 'ready';

  return {
    url,
    simulator,
    async stop() {
      readiness = 'draining';
      await delay(config.drain);
      await server.close();
      await apollo.stop();
      await weixinHttp.close();
      await stores.close();
      await simulator?.instance.close();
    },
  };
}

/** Where no port is asked for, the simulator takes the one after the gateway's, or a free one if that is taken. */
async function startSimulator(
  { simulatorPort }: SimulatorConfig,
  port: number,
  clock: Clock,
): Promise<RunningSimulator> {
  const instance = new Simulator({ apps: [createDemoApp()], clock, keyPeriod: 0 });
  if (simulatorPort !== undefined) return { url: await instance.listen(simulatorPort), instance };
  try {
    return { url: await instance.listen(port === 0 ? 0 : port + 1), instance };
  } catch {
    return { url: await instance.listen(0), instance };
  }
}

/** A code to try the login operation with: a fresh one of the simulator's, or a word on where to get one. */
async function loginCode(simulator: RunningSimulator | undefined): Promise<string> {
  const app = simulator?.instance.world.apps[0];
  return simulator === undefined || app === undefined
    ? '<the code that wx.login gave>'
    : simulator.instance.world.login(app.appId, DEMO_USER);
}
