import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { NO_FRAMES } from '../../http/graphql-route.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import { type Explorer, exampleVariables, readyToRun } from './operations.js';
import { graphiqlPage } from './pages.js';

/** Output folder of `npm run build`. */
const ASSETS = new URL('dist/playground/explorer/', PACKAGE_ROOT);

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/** Files that are served; no other file of the folder is. */
const ASSET_NAMES = [
  'sandbox.js',
  'offline.js',
  'explorer.css',
  'graphiql.js',
  'graphiql.css',
  'react.js',
  'react-dom.js',
  'LICENSES.txt',
] as const;

/** Registers the explorer that needs no internet, the assets of both explorers, and new variables for them. */
export function explorerRoutes(server: FastifyInstance, explorer: Explorer): void {
  server.get('/explorer', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers(NO_FRAMES)
      .send(graphiqlPage(readyToRun(explorer))),
  );
  for (const operation of explorer.operations) {
    server.get(`/explorer/variables/${operation.name}`, async () => exampleVariables(operation, explorer.values));
  }
  for (const name of ASSET_NAMES) {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES];
    server.get(`/explorer/assets/${name}`, async (_request, reply) =>
      reply.type(type).send(createReadStream(new URL(name, ASSETS))),
    );
  }
}
