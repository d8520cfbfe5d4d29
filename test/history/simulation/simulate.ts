import { createServices } from '../../../src/app/services.js';
import { memoryStores } from '../../../src/app/stores.js';
import { RATE_WINDOW } from '../../../src/app/rate-limits.js';
import { type Config, loadConfig } from '../../../src/config/config.js';
import { JwtSigner } from '../../../src/crypto/jwt-signer.js';
import type { Clock } from '../../../src/domain/clock.js';
import { noMetrics } from '../../../src/domain/metrics.js';
import { CODE_REPLAY } from '../../../src/phones/phone-service.js';
import { USED_FOR } from '../../../src/sessions/single-use-code.js';
import { createDemoApp } from '../../../src/simulator/demo-app.js';
import { WeixinWorld } from '../../../src/simulator/weixin-world.js';
import type { Stores } from '../../../src/stores/stores.js';
import { ServedApps } from '../../../src/weixin/served-apps.js';
import type { WeixinApi } from '../../../src/weixin/weixin-api.js';
import { recordedLog } from '../../harness/recorded-log.js';
import { Crowd, type Door, type Stage } from '../crowd.js';
import type { History, Interval, Promised, Told } from '../history.js';
import { Phones } from '../phones.js';
import { Recorder } from '../recorder.js';
import { Seeded } from '../seeded.js';
import { scheduledStores } from './scheduled-stores.js';
import { Scheduler } from './scheduler.js';
import { SimulatedGateway } from './simulated-gateway.js';
import { SimulatedWeixin } from './simulated-weixin.js';
import { weatherOf } from './weather.js';

const BEGAN = Date.parse('2026-01-31T08:30:00Z');

export interface Laboratory {
  readonly clock: Clock;
  /** Failures allowed under each session key in a window. */
  readonly limit: number;
  /** Resolves when the scheduler chooses it. */
  readonly step: () => Promise<void>;
}

/** What is replaced by something wrong, to see whether the checker finds it. */
export interface Breakage {
  /** The stores that all gateways share. */
  stores?(stores: Stores, at: Laboratory): Stores;
  /** What one gateway takes for these stores. */
  near?(stores: Stores, at: { readonly clock: Clock }): Stores;
  weixin?(weixin: WeixinApi): WeixinApi;
  /** A gateway as its clients see it. */
  door?(door: Door): Door;
}

/** A run of gateways that share stores in memory, in simulated time; the same one for a seed, every time. */
export async function simulate(seed: number, broken: Breakage = {}): Promise<History> {
  const seeded = new Seeded(seed);
  const weather = weatherOf(seeded);
  const scheduler = new Scheduler(seeded);
  const recorder = new Recorder(scheduler.now);
  const config = loadConfig(weather.env);
  const app = createDemoApp();
  const steps: { at: number; by: number }[] = [];
  const disturbances: Interval[] = [];
  const failures: unknown[] = [];

  const real: Clock = { now: () => BEGAN + scheduler.now() };
  const clock: Clock = { now: () => real.now() + steps.reduce((sum, { by }) => sum + by, 0) };
  const world = new WeixinWorld({ apps: [app], clock: real, keyPeriod: weather.keyPeriod });
  const phones = new Phones(world, app, recorder);
  const line = {
    step: scheduler.step,
    isLost: () => {
      const lost = seeded.chance(weather.lostStore);
      if (lost) disturbances.push({ from: scheduler.now(), until: scheduler.now() });
      return lost;
    },
    asksAlongside: () => seeded.chance(0.5),
    fate: () => seeded.weighted(weather.weixin),
  };
  const weixin = new SimulatedWeixin({ world, phones, recorder, line });
  const shared = memoryStores(config, clock);
  const inMemory =
    broken.stores?.(shared, { clock, limit: config.decryptFailureLimit, step: scheduler.step }) ?? shared;
  const signer = await JwtSigner.create([], config.proofIssuer, clock);
  const gateways = Array.from({ length: weather.gateways }, (_, i) => {
    const reached = scheduledStores(inMemory, line);
    const stores = broken.near?.(reached, { clock }) ?? reached;
    const apps = new ServedApps([app], stores.clock);
    const ports = { stores, weixin: broken.weixin?.(weixin) ?? weixin, signer, apps, metrics: noMetrics };
    const services = createServices(config, { ...ports, log: recordedLog().log });
    const gateway = new SimulatedGateway(`gateway ${i + 1}`, services, app, phones);
    return broken.door?.(gateway) ?? gateway;
  });

  const stage: Stage = {
    seeded,
    recorder,
    phones,
    doors: () => gateways,
    pause: scheduler.pause,
    think: () => seeded.below(seeded.chance(weather.longPauses) ? weather.longPause : 50),
    async deliver(answer: Promise<Told>): Promise<Told> {
      if (!seeded.chance(weather.lostAnswers)) return answer;
      answer.catch((error: unknown) => failures.push(error));
      for (let left = seeded.below(12); left > 0; left -= 1) await scheduler.step();
      return { told: 'nothing' };
    },
  };
  const crowd = new Crowd(stage, weather.crowd);
  await scheduler.run(async () => {
    await Promise.all([
      crowd.live(),
      ...weather.clockSteps.map(async ({ after, by }) => {
        await scheduler.pause(after);
        steps.push({ at: scheduler.now(), by });
      }),
    ]);
    await crowd.askForAll();
  });
  if (failures.length > 0) throw failures[0] as Error;
  const { entries, issued, weixin: calls } = recorder;
  const faults = { clockSteps: steps, disturbances, losses: [], calmFrom: Infinity };
  return { entries, issued, weixin: calls, promised: promisedBy(config), faults };
}

/** What a gateway with this configuration promises, where its stores are in memory. */
export function promisedBy(config: Config): Promised {
  return {
    idle: config.sessionIdle,
    idleSlack: 0,
    absolute: config.sessionAbsolute,
    perUser: config.sessionsPerUser,
    loginReplay: config.loginReplay,
    tapReplay: CODE_REPLAY,
    tapsAreBound: config.bindPhoneCodes,
    usedFor: USED_FOR,
    revokedWithin: 0,
    failureLimit: config.decryptFailureLimit,
    failureWindow: config.decryptFailureWindow,
    loginLimit: config.rateLimits.loginPerApp,
    weixinLimit: config.rateLimits.weixinPerUser,
    rateWindow: RATE_WINDOW,
  };
}
