import type { HeldToken, SharedTokens } from '../domain/access-token.js';
import type { App, AppId } from '../domain/app.js';
import type { Clock, Instant } from '../domain/clock.js';
import { type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import type { QuotaFailure } from './weixin-api.js';

/** Weixin hands out the next token in the last five minutes of a token, and both work then. */
export const RENEW_BEFORE_END = 300_000;
/** Between two renewals in the background, so that one that fails is not tried again with every request. */
const RENEW_AT_MOST_EVERY = 10_000;
/** A token this close to its end may end on the way. */
const TOO_CLOSE_TO_END = 5_000;

export interface AccessTokensOptions {
  /** Asks Weixin for a token; one call an app at a time. */
  readonly fetch: (app: App) => Promise<Result<IssuedToken, QuotaFailure>>;
  /** Told of a renewal that failed while nobody was waiting for it. */
  readonly onRenewalFailed: (app: App, cause: unknown) => void;
  readonly clock: Clock;
  readonly shared: SharedTokens | undefined;
}

type Fetched = Result<Secret, QuotaFailure>;

/**
 * The access tokens of Weixin's server API, one for each Mini Program: fetched once for any number of requests, and renewed
 * in the background ahead of their end. Bounded by the number of apps.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #held = new Map<AppId, HeldToken>();
  readonly #flights = new Map<AppId, Promise<Fetched>>();
  /** When a renewal in the background may be tried again. */
  readonly #notBefore = new Map<AppId, Instant>();

  constructor(options: AccessTokensOptions) {
    this.#options = options;
  }

  /** A token that works now. */
  async get(app: App): Promise<Fetched> {
    const held = this.#held.get(app.appId);
    const left = held === undefined ? 0 : held.endsAt - this.#options.clock.now();
    if (held === undefined || left <= TOO_CLOSE_TO_END) return this.#renew(app);
    // Nobody waits for this one: where it fails, the next request tries again, and the held token works on.
    if (left <= RENEW_BEFORE_END && this.#options.clock.now() >= (this.#notBefore.get(app.appId) ?? 0)) {
      this.#notBefore.set(app.appId, this.#options.clock.now() + RENEW_AT_MOST_EVERY);
      this.#renew(app).then(
        (renewed) => renewed.ok || this.#options.onRenewalFailed(app, renewed.failure.code),
        (error: unknown) => this.#options.onRenewalFailed(app, error),
      );
    }
    return succeed(held.token);
  }

  /** A token other than this one, which Weixin has just rejected. */
  async replace(app: App, rejected: Secret): Promise<Fetched> {
    const held = this.#held.get(app.appId);
    if (held !== undefined && held.token.reveal() !== rejected.reveal()) return this.get(app);
    this.#held.delete(app.appId);
    return this.#renew(app, rejected);
  }

  #renew(app: App, rejected?: Secret): Promise<Fetched> {
    const flying = this.#flights.get(app.appId);
    if (flying !== undefined) return flying;
    const flight = this.#findOrFetch(app, rejected).finally(() => this.#flights.delete(app.appId));
    this.#flights.set(app.appId, flight);
    return flight;
  }

  async #findOrFetch(app: App, rejected: Secret | undefined): Promise<Fetched> {
    const { shared, clock, fetch } = this.#options;
    const found = await shared?.find(app.appId).catch(() => undefined);
    const isGood = found !== undefined && found.endsAt - clock.now() > RENEW_BEFORE_END;
    if (isGood && found.token.reveal() !== rejected?.reveal()) {
      this.#held.set(app.appId, found);
      return succeed(found.token);
    }
    const issued = await fetch(app);
    if (!issued.ok) return issued;
    const { token, lifeSeconds } = issued.value;
    const endsAt = clock.now() + lifeSeconds * 1000;
    this.#held.set(app.appId, { token, endsAt });
    await shared?.share(app.appId, token, endsAt).catch(() => undefined);
    return succeed(token);
  }
}
