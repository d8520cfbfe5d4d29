import { Gauge, type Registry } from 'prom-client';
import type { AppId } from '../../domain/app.js';
import type { BoundedLabel } from './bounded-label.js';

interface Held {
  /** By the monotonic clock, in seconds. */
  readonly since: number;
  readonly until: number;
}

/** Age and remaining life of the access tokens that this process holds; of apps that share a label, the worst. */
export class AccessTokenGauges {
  readonly #labels: BoundedLabel;
  readonly #held = new Map<AppId, Held>();

  constructor(registry: Registry, labels: BoundedLabel) {
    this.#labels = labels;
    const age: Gauge<'app'> = new Gauge({
      name: 'gateway_weixin_access_token_age_seconds',
      help: 'Time since the gateway got the access token of this app, from Weixin or from another instance.',
      labelNames: ['app'],
      registers: [registry],
      collect: () => this.#show(age, ({ since }, now) => now - since, Math.max),
    });
    const left: Gauge<'app'> = new Gauge({
      name: 'gateway_weixin_access_token_left_seconds',
      help: 'Remaining life of the access token of this app: requests renew it in its last 300 s; below 0 nobody needed it.',
      labelNames: ['app'],
      registers: [registry],
      collect: () => this.#show(left, ({ until }, now) => until - now, Math.min),
    });
  }

  /** @param seconds of remaining life */
  hold(appId: AppId, seconds: number): void {
    const now = performance.now() / 1000;
    this.#held.set(appId, { since: now, until: now + seconds });
  }

  #show(
    gauge: Gauge<'app'>,
    valueOf: (held: Held, now: number) => number,
    worst: (a: number, b: number) => number,
  ): void {
    const now = performance.now() / 1000;
    const values = new Map<string, number>();
    for (const [appId, held] of this.#held) {
      const app = this.#labels.label(appId);
      const value = valueOf(held, now);
      values.set(app, worst(value, values.get(app) ?? value));
    }
    for (const [app, value] of values) gauge.set({ app }, value);
  }
}
