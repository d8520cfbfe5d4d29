import type { FastifyInstance } from 'fastify';
import type { WeixinWorld } from './weixin-world.js';

export const COMPONENT_TOKEN = '/inner/component-access-token';
export const AUTHORIZER_TOKEN = '/inner/authorizer-access-token';

/**
 * Registers the service that a third-party platform runs for its tokens, and `POST /platform/authorize` to end and renew
 * an app's authorization. `POST /cloud/token` is what Cloud Run writes into its file.
 * Source of the answers: the inner API of WeixinCloud/wxcloudrun-wxcomponent.
 */
export function platformRoutes(server: FastifyInstance, { platform, cloudRun, apps }: WeixinWorld): void {
  const given = (token: string) => ({ code: 0, errorMsg: 'success', data: { token } });
  server.get(COMPONENT_TOKEN, () => given(platform.componentToken().access_token));
  server.get<{ Querystring: { readonly appid?: string } }>(AUTHORIZER_TOKEN, ({ query: { appid = '' } }) => {
    const token = platform.authorizerToken(appid);
    return 'errcode' in token
      ? { code: -1000, errorMsg: 'system error', data: token.errmsg }
      : given(token.access_token);
  });
  server.post<{ Body: { readonly app: string; readonly authorized: boolean } }>(
    '/platform/authorize',
    ({ body: { app, authorized } }) => {
      platform.authorize(app, authorized);
      return { authorized };
    },
  );
  server.post<{ Body: { readonly app?: string } | null }>('/cloud/token', ({ body }) => ({
    token: cloudRun.issue(body?.app ?? apps[0]?.appId ?? ''),
  }));
}
