import type { Config } from '../config/config.js';
import type { WeixinConfig } from '../config/weixin-config.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import type { Stores } from '../stores/stores.js';
import { HttpWeixinApi } from '../weixin/http-weixin-api.js';
import { ServedApps } from '../weixin/served-apps.js';
import { WeixinHttp } from '../weixin/weixin-http.js';
import { AppsFile } from './apps-file.js';
import type { RunningSimulator } from './development.js';
import type { Resources } from './resources.js';

/** Where Weixin is or the simulator, and what is needed to call it. */
export type WeixinPlace = WeixinConfig & Pick<Config, 'proxies'>;

export interface WeixinStart {
  readonly config: Config;
  readonly place: WeixinPlace;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly stores: Pick<Stores, 'clock' | 'accessTokens'>;
  readonly resources: Resources;
  /** Told the Date header of each of Weixin's answers. */
  readonly onDate?: (date: string) => void;
}

/** Weixin's API as the configuration says, or the simulator, which no proxy is in front of. */
export function weixinPlace({ weixin, proxies }: Config, simulator: RunningSimulator | undefined): WeixinPlace {
  if ('apps' in weixin) return { ...weixin, proxies };
  return {
    url: simulator?.url ?? '',
    apps: simulator?.instance.world.apps ?? [],
    appsFile: undefined,
    component: undefined,
    tokenUrl: undefined,
    tokenHeaderFile: undefined,
    cloudTokenFile: undefined,
    proxies: { https: undefined, http: undefined, none: undefined },
  };
}

/** Serves the apps, and those of their file as it changes. */
export function serveApps({ place, log, stores, resources }: WeixinStart) {
  const apps = new ServedApps(place.apps, stores.clock);
  const file =
    place.appsFile === undefined
      ? undefined
      : new AppsFile({ path: place.appsFile, throughPlatform: place.component !== undefined, apps, log });
  file?.watch();
  resources.add(async () => file?.close());
  return { apps, file };
}

/** Weixin's server API as this configuration calls it. */
export function createWeixin(start: WeixinStart, apps: ServedApps): HttpWeixinApi {
  const { config, place, log, metrics, tracing, stores, resources, onDate } = start;
  const lineTo = (url: string, told?: (date: string) => void) => {
    const http = new WeixinHttp({
      url,
      connections: config.weixinMaxInFlight,
      connectTimeout: config.weixinTimeout,
      proxies: place.proxies,
      onDate: told,
    });
    resources.add(() => http.close());
    return http;
  };
  return new HttpWeixinApi({
    http: lineTo(place.url, onDate),
    apps,
    clock: stores.clock,
    uptime: () => performance.now(),
    log,
    metrics,
    tracing,
    maxInFlight: config.weixinMaxInFlight,
    tokenDeadline: config.weixinTimeout,
    sharedTokens: stores.accessTokens,
    tokensFromElsewhere: { ...place, lineTo: (url) => lineTo(url) },
  });
}
