/** mercurius on fastify, its compiler on, with the gateway's resolvers. Argument: the origin of Weixin. */
import { setFlagsFromString } from 'node:v8';
import { fastify } from 'fastify';
import { mercurius } from 'mercurius';
import { contextOf, gatewayResolvers } from './gateway-resolvers.js';

// Of the gateway's flags the one that helps: its sessions are on the heap, and with all of them it does a fifth less.
setFlagsFromString('--no-allocation-site-pretenuring');
const server = fastify({ logger: false, keepAliveTimeout: 72_000 });
await server.register(mercurius, {
  schema: await gatewayResolvers(process.argv[2] ?? ''),
  jit: 1,
  context: ({ headers }) => ({ ...contextOf(headers) }),
});
const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url, msg: 'listening' })}\n`);
