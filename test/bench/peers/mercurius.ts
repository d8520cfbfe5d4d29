/** mercurius on fastify, its compiler on, with the gateway's resolvers and flags of V8. Argument: the origin of Weixin. */
import { setFlagsFromString } from 'node:v8';
import { fastify } from 'fastify';
import { mercurius } from 'mercurius';
import { v8Flags } from '../../../src/v8-flags.js';
import { contextOf, gatewayResolvers } from './gateway-resolvers.js';

for (const flag of v8Flags('memory')) setFlagsFromString(flag);
const server = fastify({ logger: false, keepAliveTimeout: 72_000 });
await server.register(mercurius, {
  schema: await gatewayResolvers(process.argv[2] ?? ''),
  jit: 1,
  context: ({ headers }) => ({ ...contextOf(headers) }),
});
const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url, msg: 'listening' })}\n`);
