import type { App, AppWithSecret } from '../../src/domain/app.js';
import { type Milliseconds, systemClock } from '../../src/domain/clock.js';
import { Deadline } from '../../src/domain/deadline.js';
import { type Metrics, noMetrics } from '../../src/domain/metrics.js';
import type { Proxies } from '../../src/domain/proxies.js';
import { Secret } from '../../src/domain/secret.js';
import type { Lookup } from '../../src/weixin/happy-eyeballs.js';
import { HttpWeixinApi } from '../../src/weixin/http-weixin-api.js';
import { WeixinHttp } from '../../src/weixin/weixin-http.js';
import { APP_ID, OTHER_APP_ID } from './people.js';
import { recordedLog } from './recorded-log.js';

export const APP_SECRET = '5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0';

/** The Mini Program that the client of a test calls for. */
export const app: AppWithSecret = { appId: APP_ID, secret: new Secret(APP_SECRET) };
/** Another one that the client knows. */
export const otherApp: AppWithSecret = { appId: OTHER_APP_ID, secret: new Secret('another secret') };

export interface WeixinClientOptions {
  /** Of each request, in milliseconds. */
  readonly deadline?: Milliseconds;
  /** Calls at a time. */
  readonly maxInFlight?: number;
  /** The breakers' clock. */
  readonly uptime?: () => Milliseconds;
  readonly metrics?: Partial<Metrics>;
  /** How names become addresses. */
  readonly lookup?: Lookup;
  /** On the way. */
  readonly proxies?: Proxies;
  /** The certificate authority. */
  readonly ca?: string;
}

/** Weixin's server API over HTTP, as the gateway calls it, and every line that it logs. */
export function weixinClient(origin: string, options: WeixinClientOptions = {}) {
  const { deadline = 2500, maxInFlight = 64, uptime = () => performance.now(), metrics, ...line } = options;
  const { log, lines } = recordedLog();
  const http = new WeixinHttp({ url: origin, connections: maxInFlight, connectTimeout: deadline, ...line });
  const api = new HttpWeixinApi({
    http,
    apps: new Map<string, App>([app, otherApp].map((known) => [known.appId, known])),
    clock: systemClock,
    uptime,
    log,
    metrics: { ...noMetrics, ...metrics },
    maxInFlight,
    tokenDeadline: deadline,
    sharedTokens: undefined,
  });
  return {
    api,
    /** code2Session for the app, or for another one. */
    exchange: (code = 'a-code', of = app) => api.code2Session(of, code, new Deadline(deadline)),
    /** The deadline of a request that begins now. */
    inTime: () => new Deadline(deadline),
    logLines: lines,
    close: () => http.close(),
  };
}

/** A clock of breakers that lets every call through, as a probe where they are open: it is always a second later. */
export function everySecond(): () => Milliseconds {
  let now = 0;
  return () => (now += 1_000);
}
