import type { FastifyInstance } from 'fastify';
import type { SimulatorConfig } from './config/weixin-config.js';
import type { Clock } from './domain/clock.js';
import { createDemoApp, DEMO_USER } from './weixin/simulator/demo-app.js';
import { phoneRoutes } from './weixin/simulator/phone-routes.js';
import { Simulator } from './weixin/simulator/simulator.js';

/** What stands in Weixin's place, and where. */
export interface RunningSimulator {
  readonly url: string;
  readonly instance: Simulator;
}

/** Where no port is asked for, the simulator takes the one after the gateway's, or a free one if that is taken. */
export async function startSimulator(
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

/** The phone's side of the simulator on the gateway's own origin, so that the page needs no other one. */
export function phoneSide(simulator: RunningSimulator | undefined): ((server: FastifyInstance) => void) | undefined {
  if (simulator === undefined) return undefined;
  const { world, faults } = simulator.instance;
  return (server) => phoneRoutes(server, world, faults);
}

/** A code to try the login operation with: a fresh one of the simulator's, or a word on where to get one. */
export async function loginCode(simulator: RunningSimulator | undefined): Promise<string> {
  const app = simulator?.instance.world.apps[0];
  return simulator === undefined || app === undefined
    ? '<the code that wx.login gave>'
    : simulator.instance.world.login(app.appId, DEMO_USER);
}
