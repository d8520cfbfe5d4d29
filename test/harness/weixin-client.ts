import type { App } from '../../src/domain/app.js';
import { type Milliseconds, systemClock } from '../../src/domain/clock.js';
import { noMetrics } from '../../src/domain/metrics.js';
import { Secret } from '../../src/domain/secret.js';
import { HttpWeixinApi } from '../../src/weixin/http-weixin-api.js';
import { WeixinHttp } from '../../src/weixin/weixin-http.js';
import { APP_ID } from './people.js';
import { recordedLog } from './recorded-log.js';

export const APP_SECRET = '5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0';

/** The Mini Program that the client of a test calls for. */
export const app: App = { appId: APP_ID, secret: new Secret(APP_SECRET) };

/** Weixin's server API over HTTP, as the gateway calls it, and every line that it logs. */
export function weixinClient(origin: string, deadline: Milliseconds = 2500) {
  const { log, lines } = recordedLog();
  const http = new WeixinHttp(origin, deadline);
  return {
    api: new HttpWeixinApi({
      http,
      apps: [app],
      clock: systemClock,
      log,
      metrics: noMetrics,
      deadline,
      sharedTokens: undefined,
    }),
    logLines: lines,
    close: () => http.close(),
  };
}
