import { loadConfig } from '../../src/config/config.js';
import type { AppWithSecret } from '../../src/domain/app.js';
import { type Gateway, startGateway } from '../../src/app/gateway.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { GatewayClient } from './gateway-client.js';
import { ManualClock } from './manual-clock.js';
import { recordedLog } from './recorded-log.js';

/** A gateway as an operator starts it, with its embedded simulator, on free ports; and the hands to play with it. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  /** The demo app that the simulator serves. */
  readonly app: AppWithSecret;
  /** Every line that was logged. */
  readonly logLines: string[];
  /** A client without a token. */
  client(): GatewayClient;
  /** A client that is logged in as this user of the demo app. */
  loggedIn(user: string): Promise<GatewayClient>;
}

/**
 * Variables beside the defaults of a test: free ports, no drain time; a test that keeps the event loop, which is the
 * gateway's too, is no overload; and what else holds a forger back is to be seen by itself.
 */
const TEST_ENV = {
  PORT: '0',
  DRAIN_SECONDS: '0',
  SESSION_MAX: '1000',
  OVERLOAD_DELAY_MS: '60000',
  DECRYPT_LIMIT_PER_USER: '10000000',
};

/** @param env variables beside TEST_ENV */
export async function runGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  const clock = new ManualClock();
  const { log, lines } = recordedLog();
  const gateway = await startGateway(loadConfig({ ...TEST_ENV, ...env }), log, clock);
  const simulator = gateway.simulator?.instance;
  if (simulator === undefined) throw new Error('This gateway has no simulator.');
  return runningGateway(gateway, clock, simulator, lines);
}

/** A gateway as in production, with a simulator beside it that it takes for Weixin. */
export async function runProductionGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  return runGatewayOfApps([createDemoApp()], { NODE_ENV: 'production', HOST: '127.0.0.1', ...env });
}

/** A gateway that serves these Mini Programs, with a simulator beside it that it takes for Weixin; `app` is the first. */
export async function runGatewayOfApps(
  apps: readonly AppWithSecret[],
  env: Record<string, string> | ((simulatorUrl: string) => Record<string, string>) = {},
): Promise<RunningGateway> {
  const clock = new ManualClock();
  const { log, lines } = recordedLog();
  const simulator = new Simulator({ apps, clock, keyPeriod: 0 });
  const url = await simulator.listen(0);
  const config = loadConfig({
    ...TEST_ENV,
    WEIXIN_API_URL: url,
    WEIXIN_APPS: apps.map(({ appId, secret }) => `${appId}:${secret.reveal()}`).join(','),
    ...(typeof env === 'function' ? env(url) : env),
  });
  const gateway = await startGateway(config, log, clock);
  const stop = async () => {
    await gateway.stop();
    await simulator.close();
  };
  return runningGateway({ ...gateway, stop }, clock, simulator, lines);
}

function runningGateway(
  gateway: Gateway,
  clock: ManualClock,
  simulator: Simulator,
  logLines: string[],
): RunningGateway {
  const app = simulator.world.apps[0];
  if (app === undefined) throw new Error('This simulator has no app.');
  const client = () => new GatewayClient(gateway.url);
  return {
    gateway,
    clock,
    simulator,
    app,
    logLines,
    client,
    loggedIn: (user) => client().loggedIn(simulator.world.login(app.appId, user)),
  };
}
