import type { App } from '../domain/app.js';
import type { Settings } from './variables.js';

/** The origin of Weixin's API, and the Mini Programs. */
export interface WeixinConfig {
  readonly origin: string;
  readonly apps: readonly App[];
}

/** The simulator in Weixin's place. */
export interface SimulatorConfig {
  /** undefined: the port after the gateway's, or a free one. */
  readonly simulatorPort: number | undefined;
}

/** Chooses Weixin or the simulator. The rules in cross-checks.ts decide whether the simulator is allowed. */
export function weixinConfig({ weixin }: Settings): WeixinConfig | SimulatorConfig {
  const apps = weixin.apps ?? weixin.appsFile;
  if (apps === undefined || weixin.simulator === 'on') return { simulatorPort: weixin.simulatorPort };
  return { origin: weixin.api.origin, apps };
}
