import { hostsOf } from './browser-access.js';
import type { Config } from '../config/config.js';
import type { App } from '../domain/app.js';
import type { Clock } from '../domain/clock.js';
import type { DevelopmentPages } from '../http/http-server.js';
import { SANDBOX_ORIGINS } from '../playground/explorer/sandbox.js';
import { createPlayground } from '../playground/playground.js';
import { createDemoApp } from '../simulator/demo-app.js';
import { Simulator } from '../simulator/simulator.js';

/** The simulator in Weixin's place, and its URL. */
export interface RunningSimulator {
  readonly url: string;
  readonly instance: Simulator;
}

/** Origins that may call a development gateway, in addition to CORS_ORIGINS. */
export const DEVELOPMENT_ORIGINS: readonly string[] = SANDBOX_ORIGINS;

/**
 * Starts the simulator if it is to stand in for Weixin. Without a configured port it takes the one after the gateway's,
 * or a free one.
 */
export async function startSimulator(
  { weixin, port, corsOrigins }: Config,
  clock: Clock,
): Promise<RunningSimulator | undefined> {
  if (!('simulatorPort' in weixin)) return undefined;
  const instance = new Simulator({ apps: [createDemoApp()], clock, keyPeriod: 0, hosts: hostsOf(corsOrigins) });
  if (weixin.simulatorPort !== undefined) return { url: await instance.listen(weixin.simulatorPort), instance };
  try {
    return { url: await instance.listen(port === 0 ? 0 : port + 1), instance };
  } catch {
    return { url: await instance.listen(0), instance };
  }
}

/** Creates the page and the explorers. */
export function developmentPages(
  simulator: RunningSimulator | undefined,
  apps: readonly App[],
): Promise<DevelopmentPages> {
  return createPlayground(simulator?.instance, apps);
}
