import { loadConfig } from '../../src/config.js';
import type { App } from '../../src/domain/app.js';
import { type Gateway, startGateway } from '../../src/gateway.js';
import type { Simulator } from '../../src/weixin/simulator/simulator.js';
import { GatewayClient } from './gateway-client.js';
import { ManualClock } from './manual-clock.js';
import { recordedLog } from './recorded-log.js';

/** A gateway as an operator starts it, with its embedded simulator, on free ports; and the hands to play with it. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  /** The demo app that the simulator serves. */
  readonly app: App;
  /** Every line that was logged. */
  readonly logLines: string[];
  /** A client without a token. */
  client(): GatewayClient;
  /** A client that is logged in as this user of the demo app. */
  loggedIn(user: string): Promise<GatewayClient>;
}

/** @param env variables beside the defaults of a test: free ports, no drain time */
export async function runGateway(env: Record<string, string> = {}): Promise<RunningGateway> {
  const clock = new ManualClock();
  const { log, lines } = recordedLog();
  const config = loadConfig({ PORT: '0', DRAIN_SECONDS: '0', SESSION_MAX: '1000', ...env });
  const gateway = await startGateway(config, log, clock);
  const simulator = gateway.simulator?.instance;
  const app = simulator?.world.apps[0];
  if (simulator === undefined || app === undefined) throw new Error('This gateway has no simulator.');
  const client = () => new GatewayClient(gateway.url);
  return {
    gateway,
    clock,
    simulator,
    app,
    logLines: lines,
    client,
    loggedIn: (user) => client().loggedIn(simulator.world.login(app.appId, user)),
  };
}
