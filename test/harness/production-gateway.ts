import type { App } from '../../src/domain/app.js';
import { systemClock } from '../../src/domain/clock.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { GatewayClient } from './gateway-client.js';
import { GatewayProcess } from './gateway-process.js';

/** The built gateway as it runs in production, in a process of its own, and a Weixin outside it. */
export class ProductionGateway {
  readonly process: GatewayProcess;
  readonly url: string;
  readonly #simulator: Simulator;
  readonly #app: App;

  private constructor(started: GatewayProcess, url: string, simulator: Simulator, app: App) {
    this.process = started;
    this.url = url;
    this.#simulator = simulator;
    this.#app = app;
  }

  /** @param env variables beside those that it needs */
  static async start(env: Record<string, string> = {}): Promise<ProductionGateway> {
    const app = createDemoApp();
    const simulator = new Simulator({ apps: [app], clock: systemClock, keyPeriod: 0 });
    const started = new GatewayProcess({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_SECONDS: '0',
      WEIXIN_API_URL: await simulator.listen(0),
      WEIXIN_APPS: `${app.appId}:${app.secret.reveal()}`,
      ...env,
    });
    const { url } = await started.line('listening');
    return new ProductionGateway(started, String(url), simulator, app);
  }

  /** wx.login on the phone of this user. */
  code(user: string): string {
    return this.#simulator.world.login(this.#app.appId, user);
  }

  client(token?: string): GatewayClient {
    return new GatewayClient(this.url, token);
  }

  loggedIn(user: string): Promise<GatewayClient> {
    return this.client().loggedIn(this.code(user));
  }

  async stop(): Promise<void> {
    await this.process.kill();
    await this.#simulator.close();
  }
}
