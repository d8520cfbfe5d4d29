import { loadConfig } from '../../src/config/config.js';
import type { App } from '../../src/domain/app.js';
import { startGateway } from '../../src/app/gateway.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { GatewayClient } from './gateway-client.js';
import { ManualClock } from './manual-clock.js';
import { recordedLog } from './recorded-log.js';

export interface GatewayWithLastingKeys {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly app: App;
  loggedIn(user: string): Promise<GatewayClient>;
  stop(): Promise<void>;
}

/** A session key is replaced by the first wx.login after this time: sooner ones leave it as it is. */
export const KEY_PERIOD_SECONDS = 600;

/** A gateway beside a Weixin that does not replace the session key at every wx.login. */
export async function runGatewayWithLastingKeys(env: Record<string, string>): Promise<GatewayWithLastingKeys> {
  const clock = new ManualClock();
  const app = createDemoApp();
  const simulator = new Simulator({ apps: [app], clock, keyPeriod: KEY_PERIOD_SECONDS * 1000 });
  const config = loadConfig({
    PORT: '0',
    DRAIN_SECONDS: '0',
    SESSION_MAX: '1000',
    WEIXIN_SIMULATOR: 'off',
    WEIXIN_API_URL: await simulator.listen(0),
    WEIXIN_APPS: `${app.appId}:${app.secret.reveal()}`,
    ...env,
  });
  const gateway = await startGateway(config, recordedLog().log, clock);
  return {
    clock,
    simulator,
    app,
    loggedIn: (user) => new GatewayClient(gateway.url).loggedIn(simulator.world.login(app.appId, user)),
    async stop() {
      await gateway.stop();
      await simulator.close();
    },
  };
}
