import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../../graphql/request-context.js';
import { type Explorer, readyToRun } from './operations.js';
import { sandboxPage } from './pages.js';

/** Where Apollo Sandbox is served from when it is not embedded; a browser there calls this gateway across origins. */
export const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

/** Apollo Sandbox at GET /graphql in a browser. */
export function sandboxPlugin(explorer: Explorer): ApolloServerPlugin<RequestContext> {
  return {
    serverWillStart: async () => ({
      renderLandingPage: async () => ({ html: async () => sandboxPage(readyToRun(explorer)) }),
    }),
  };
}
