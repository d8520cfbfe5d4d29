import { Resources } from '../../app/resources.js';
import { createWeixin, weixinPlace } from '../../app/weixin.js';
import type { Config } from '../../config/config.js';
import type { WeixinConfig } from '../../config/weixin-config.js';
import type { App } from '../../domain/app.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import { Deadline } from '../../domain/deadline.js';
import { noMetrics } from '../../domain/metrics.js';
import { noTracing } from '../../domain/tracing.js';
import type { HttpWeixinApi } from '../../weixin/http-weixin-api.js';
import { ServedApps } from '../../weixin/served-apps.js';
import { LostAnswers } from './lost-answers.js';
import { type CallOutcome, isOutage, outcomeOf } from './call-outcome.js';
import { ACCESS_TOKEN, type HarmlessCall, HARMLESS_CALLS } from './weixin-calls.js';

/** Mini Programs that are tried at once, each with one call after the other. */
const APPS_AT_ONCE = 8;
/** Mini Programs that are not reached by then count as not tried: a Weixin that hangs must not take hours. */
const ALL_WITHIN: Milliseconds = 600_000;

/** What came of the calls for one Mini Program; without those that were not made for want of an access token. */
export type AppOutcomes = ReadonlyMap<HarmlessCall, CallOutcome>;

export interface TriedApps {
  readonly outcomes: ReadonlyMap<App, AppOutcomes>;
  /** Mini Programs that were not tried, since Weixin does not answer. */
  readonly notTried: readonly App[];
}

/** Makes the harmless calls for every Mini Program, as the gateway would make them. */
export async function tryApps(
  config: Config,
  { apps }: WeixinConfig,
  clock: Clock,
  onDate: (date: string) => void,
): Promise<TriedApps> {
  const lost = new LostAnswers();
  const resources = new Resources();
  // Tokens that instances share are neither used nor written.
  const stores = { clock, accessTokens: undefined };
  const place = weixinPlace(config, undefined);
  const start = { config, place, log: lost, metrics: noMetrics, tracing: noTracing, stores, resources, onDate };
  const weixin = createWeixin(start, new ServedApps(apps, clock));
  const attempt = (app: App) => callsFor(app, { weixin, lost, config });
  const outcomes = new Map<App, AppOutcomes>();
  try {
    // If the first is not answered at all, neither are the others: they would only take long to find out.
    const [first, ...others] = apps;
    if (first === undefined) return { outcomes, notTried: [] };
    outcomes.set(first, await attempt(first));
    const waiting = [...outcomes.values()].every(isUnanswered) ? [] : others;
    const deadline = new Deadline(ALL_WITHIN);
    const work = async () => {
      for (let app = waiting.shift(); app !== undefined && deadline.left > 0; app = waiting.shift()) {
        outcomes.set(app, await attempt(app));
      }
    };
    await Promise.all(Array.from({ length: Math.min(APPS_AT_ONCE, config.weixinMaxInFlight) }, work));
    return { outcomes, notTried: apps.filter((app) => !outcomes.has(app)) };
  } finally {
    await resources.close();
  }
}

interface Caller {
  readonly weixin: HttpWeixinApi;
  readonly lost: LostAnswers;
  readonly config: Config;
}

async function callsFor(app: App, { weixin, lost, config }: Caller): Promise<AppOutcomes> {
  const outcomes = new Map<HarmlessCall, CallOutcome>();
  for (const harmless of HARMLESS_CALLS) {
    if (harmless.needsToken && outcomes.get(ACCESS_TOKEN)?.ok !== true) continue;
    lost.forget(app.appId);
    const call = () => harmless.call(weixin, app, new Deadline(config.weixinTimeout));
    outcomes.set(harmless, await outcomeOf(harmless, call, () => lost.reasonFor(app.appId)));
  }
  return outcomes;
}

function isUnanswered(outcomes: AppOutcomes): boolean {
  return [...outcomes.values()].every(isOutage);
}
