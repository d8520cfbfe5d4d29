/** Apollo Server's own server with the gateway's resolvers, as its documentation starts it. Argument: the origin of Weixin. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { RequestContext } from '../../../src/graphql/request-context.js';
import { contextOf, gatewayResolvers } from './gateway-resolvers.js';

const server = new ApolloServer<RequestContext>({ schema: await gatewayResolvers(process.argv[2] ?? '') });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => contextOf(req.headers),
});
process.stdout.write(`${JSON.stringify({ url: new URL(url).origin, msg: 'listening' })}\n`);
