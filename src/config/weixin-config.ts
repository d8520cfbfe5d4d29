import type { App } from '../domain/app.js';
import type { Settings } from './variables.js';

/** Where Weixin is, and for which Mini Programs. */
export interface WeixinConfig {
  readonly origin: string;
  readonly apps: readonly App[];
}

/** The simulator in Weixin's place. */
export interface SimulatorConfig {
  /** undefined: the port after the gateway's, or a free one. */
  readonly simulatorPort: number | undefined;
}

/** Weixin or the simulator; whether it may be the simulator is one of the rules in cross-checks.ts. */
export function weixinConfig({ weixin }: Settings): WeixinConfig | SimulatorConfig {
  const apps = weixin.apps ?? weixin.appsFile;
  if (apps === undefined || weixin.simulator === 'on') return { simulatorPort: weixin.simulatorPort };
  return { origin: weixin.api.origin, apps };
}
