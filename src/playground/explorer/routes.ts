import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { NO_FRAMES } from '../../http/graphql-route.js';
import { PACKAGE_ROOT } from '../../package-root.js';
import { type Explorer, exampleVariables, readyToRun } from './operations.js';
import { graphiqlPage } from './pages.js';

/** What `npm run build` puts there. */
const ASSETS = new URL('dist/playground/explorer/', PACKAGE_ROOT);

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/** The only files that are served, whatever else is in the folder. */
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

/** The explorer that needs no internet, what its page and Apollo Sandbox's load, and new variables for both. */
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
