import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { loadConfig } from '../../../src/config/config.js';
import { JwtSigner } from '../../../src/crypto/jwt-signer.js';
import type { ClientAddress } from '../../../src/domain/client-address.js';
import { systemClock } from '../../../src/domain/clock.js';
import { noMetrics } from '../../../src/domain/metrics.js';
import { createServices } from '../../../src/app/services.js';
import { memoryStores } from '../../../src/app/stores.js';
import { buildGatewaySchema } from '../../../src/graphql/schema.js';
import type { RequestContext } from '../../../src/graphql/request-context.js';
import { createLog } from '../../../src/observability/log.js';
import { HttpWeixinApi } from '../../../src/weixin/http-weixin-api.js';
import { ServedApps } from '../../../src/weixin/served-apps.js';
import { WeixinHttp } from '../../../src/weixin/weixin-http.js';
import { APP_ID, APP_SECRET } from '../people.js';

const MANY = '10000000';

/** The gateway's schema on the gateway's services, in memory, for another server to run: what differs is the server. */
export async function gatewayResolvers(weixinUrl: string): Promise<GraphQLSchema> {
  const config = loadConfig({
    NODE_ENV: 'production',
    WEIXIN_APPS: `${APP_ID}:${APP_SECRET}`,
    WEIXIN_API_URL: weixinUrl,
    LOGIN_LIMIT_PER_ADDRESS: MANY,
    LOGIN_LIMIT_PER_APP: MANY,
    DECRYPT_LIMIT_PER_USER: MANY,
  });
  if (!('apps' in config.weixin)) throw new Error('There are apps in the configuration above.');
  const { url } = config.weixin;
  const log = createLog('info');
  const clock = systemClock;
  const apps = new ServedApps(config.weixin.apps, clock);
  const connections = config.weixinMaxInFlight;
  const weixin = new HttpWeixinApi({
    http: new WeixinHttp({ url, connections, connectTimeout: config.weixinTimeout }),
    apps,
    clock,
    uptime: () => performance.now(),
    log,
    metrics: noMetrics,
    maxInFlight: config.weixinMaxInFlight,
    tokenDeadline: config.weixinTimeout,
    sharedTokens: undefined,
  });
  const signer = await JwtSigner.create([], 'https://peer.example', clock);
  const stores = memoryStores(config, clock);
  return buildGatewaySchema(createServices(config, { stores, weixin, signer, apps, log, metrics: noMetrics }));
}

export function contextOf(headers: IncomingHttpHeaders): RequestContext {
  return {
    token: headers.authorization?.replace('Bearer ', ''),
    authorizationProblem: () => undefined,
    requestId: randomUUID(),
    traceparent: () => undefined,
    clientAddress: () => '127.0.0.1' as ClientAddress,
  };
}
