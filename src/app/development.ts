import type { FastifyInstance } from 'fastify';
import type { SimulatorConfig } from '../config/weixin-config.js';
import type { App } from '../domain/app.js';
import type { Clock } from '../domain/clock.js';
import { type ExampleValues, type Explorer, readOperations } from '../playground/explorer/operations.js';
import { createDemoApp, DEMO_USER } from '../simulator/demo-app.js';
import { phoneRoutes } from '../simulator/phone-routes.js';
import { Simulator } from '../simulator/simulator.js';

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

/** What the explorers open with: the simulator's demo user's values; without a simulator, words on where to get them. */
export async function readExplorer(simulator: RunningSimulator | undefined, apps: readonly App[]): Promise<Explorer> {
  return { operations: await readOperations(), values: exampleValues(simulator, apps) };
}

function exampleValues(simulator: RunningSimulator | undefined, apps: readonly App[]): ExampleValues {
  const appIds = apps.map(({ appId }) => appId);
  const world = simulator?.instance.world;
  const [appId] = appIds;
  if (world !== undefined && appId !== undefined) {
    return { appIds, code: () => world.login(appId, DEMO_USER), tap: () => world.tap(appId, DEMO_USER) };
  }
  return {
    appIds,
    code: () => '<the code of wx.login>',
    tap: () => ({
      encryptedData: '<encryptedData of e.detail>',
      iv: '<iv of e.detail>',
      code: '<code of e.detail>',
      cloudID: '<cloudID of e.detail>',
    }),
  };
}
