import type { FastifyInstance } from 'fastify';
import type { App } from '../domain/app.js';
import type { DevelopmentPages } from '../http/http-server.js';
import { DEMO_USER } from '../simulator/demo-app.js';
import { phoneRoutes } from '../simulator/phone-routes.js';
import type { Simulator } from '../simulator/simulator.js';
import { type ExampleValues, readOperations, readyToRun } from './explorer/operations.js';
import { sandboxPage } from './explorer/pages.js';
import { explorerRoutes } from './explorer/routes.js';
import { landingPageRoutes, readLandingPage } from './landing-page.js';

/** Creates the page at `/` and the explorers, for development. */
export async function createPlayground(
  simulator: Simulator | undefined,
  apps: readonly App[],
): Promise<DevelopmentPages> {
  const explorer = { operations: await readOperations(), values: exampleValues(simulator, apps) };
  const landingPage = await readLandingPage(simulator && phoneSide(simulator));
  return {
    graphqlPage: () => sandboxPage(readyToRun(explorer)),
    routes: (server) => {
      explorerRoutes(server, explorer);
      landingPageRoutes(server, landingPage);
    },
  };
}

/** Phone routes of the simulator on the gateway's origin, so that the page needs no other one. */
function phoneSide({ world, faults }: Simulator): (server: FastifyInstance) => void {
  return (server) => phoneRoutes(server, world, faults);
}

/** Example values for the explorers: those of the simulator's demo user, or placeholders without a simulator. */
function exampleValues(simulator: Simulator | undefined, apps: readonly App[]): ExampleValues {
  const appIds = apps.map(({ appId }) => appId);
  const [appId] = appIds;
  if (simulator !== undefined && appId !== undefined) {
    const { world } = simulator;
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
