import type { App, AppId } from '../domain/app.js';
import type { Clock, Instant } from '../domain/clock.js';
import { type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import type { QuotaFailure } from './weixin-api.js';

/** Weixin hands out the next token in the last five minutes of a token, and both work then. */
const RENEW_BEFORE_END = 300_000;
/** A token this close to its end may end on the way. */
const TOO_CLOSE_TO_END = 5_000;

interface HeldToken {
  readonly token: Secret;
  readonly endsAt: Instant;
}

type Fetched = Result<Secret, QuotaFailure>;

/**
 * The access tokens of Weixin's server API, one for each Mini Program: fetched once for any number of requests, and renewed
 * in the background ahead of their end. Bounded by the number of apps.
 */
export class AccessTokens {
  readonly #fetch: (app: App) => Promise<Result<IssuedToken, QuotaFailure>>;
  readonly #clock: Clock;
  readonly #onRenewalFailed: (app: App) => void;
  readonly #held = new Map<AppId, HeldToken>();
  readonly #flights = new Map<AppId, Promise<Fetched>>();

  /**
   * @param fetch asks Weixin for a token; one call an app at a time
   * @param onRenewalFailed told of a renewal that failed while nobody was waiting for it
   */
  constructor(
    fetch: (app: App) => Promise<Result<IssuedToken, QuotaFailure>>,
    clock: Clock,
    onRenewalFailed: (app: App) => void,
  ) {
    this.#fetch = fetch;
    this.#clock = clock;
    this.#onRenewalFailed = onRenewalFailed;
  }

  /** A token that works now. */
  async get(app: App): Promise<Fetched> {
    const held = this.#held.get(app.appId);
    const left = held === undefined ? 0 : held.endsAt - this.#clock.now();
    if (held === undefined || left <= TOO_CLOSE_TO_END) return this.#renew(app);
    // Nobody waits for this one: where it fails, the next request tries again, and the held token works on.
    if (left <= RENEW_BEFORE_END) {
      this.#renew(app).then(
        (renewed) => renewed.ok || this.#onRenewalFailed(app),
        () => this.#onRenewalFailed(app),
      );
    }
    return succeed(held.token);
  }

  /** A token other than this one, which Weixin has just rejected. */
  async replace(app: App, rejected: Secret): Promise<Fetched> {
    if (this.#held.get(app.appId)?.token === rejected) this.#held.delete(app.appId);
    return this.get(app);
  }

  #renew(app: App): Promise<Fetched> {
    const flying = this.#flights.get(app.appId);
    if (flying !== undefined) return flying;
    const flight = this.#fetchAndHold(app).finally(() => this.#flights.delete(app.appId));
    this.#flights.set(app.appId, flight);
    return flight;
  }

  async #fetchAndHold(app: App): Promise<Fetched> {
    const issued = await this.#fetch(app);
    if (!issued.ok) return issued;
    const { token, lifeSeconds } = issued.value;
    this.#held.set(app.appId, { token, endsAt: this.#clock.now() + lifeSeconds * 1000 });
    return succeed(token);
  }
}
