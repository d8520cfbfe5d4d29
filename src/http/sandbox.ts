import { readFile } from 'node:fs/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { RequestContext } from '../graphql/request-context.js';

/** Where Apollo Sandbox is served from when it is not embedded; a browser there calls this gateway across origins. */
export const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

const LOGIN_OPERATION = new URL('../../schema/operations/login.graphql', import.meta.url);

/**
 * Apollo Sandbox at GET /graphql in a browser, opened with the login operation and a code to run it with.
 *
 * @param loginCode a fresh code of wx.login, asked for at every visit because a code works once
 */
export function sandboxPlugin(loginCode: () => Promise<string>): ApolloServerPlugin<RequestContext> {
  return {
    async serverWillStart(service) {
      const document = await readFile(LOGIN_OPERATION, 'utf8');
      return {
        async renderLandingPage() {
          return {
            html: async () => {
              const page = await ApolloServerPluginLandingPageLocalDefault({
                embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
                includeCookies: false,
                document,
                variables: { input: { code: await loginCode() } },
                headers: { Authorization: 'Bearer <token of the login answer>' },
              }).serverWillStart?.(service);
              const html = (await page?.renderLandingPage?.())?.html ?? '';
              return typeof html === 'string' ? html : html();
            },
          };
        },
      };
    },
  };
}
