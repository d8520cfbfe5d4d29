import type { HeldToken, SharedTokens } from '../domain/access-token.js';
import type { App, AppId } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import { ForcedRefreshes } from './forced-refreshes.js';
import type { QuotaFailure } from './weixin-api.js';

/**
 * Remaining life at which a token is renewed: Weixin issues the next one in the last five minutes of a token, and both
 * work then.
 */
export const RENEW_BEFORE_END: Milliseconds = 300_000;
/** Shortest time between background renewals, so that a failed one is not repeated with every request. */
const RENEW_AT_MOST_EVERY: Milliseconds = 10_000;
/** Remaining life below which a token is not used, since it might expire on the way. */
const TOO_CLOSE_TO_END: Milliseconds = 5_000;

export interface AccessTokensOptions {
  /**
   * Fetches a token from Weixin; one call per app at a time.
   *
   * @param force invalidates the current token and issues a new one
   */
  readonly fetch: (app: App, force: boolean) => Promise<Result<IssuedToken, QuotaFailure>>;
  /** Called when a background renewal has failed. */
  readonly onRenewalFailed: (app: App, cause: unknown) => void;
  /** Called with a new token's remaining life. */
  readonly onHeld?: (app: App, left: Milliseconds) => void;
  readonly clock: Clock;
  readonly shared: SharedTokens | undefined;
}

export type TokenResult = Result<Secret, QuotaFailure>;

/**
 * Access tokens of Weixin's server API, one for each Mini Program: fetched as a single flight, and renewed in the
 * background before they expire. Bounded by the number of apps.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #forced: ForcedRefreshes;
  readonly #held = new Map<AppId, HeldToken>();
  readonly #flights = new Map<AppId, Promise<TokenResult>>();
  /** Forced refreshes in flight. */
  readonly #forcing = new Map<AppId, Promise<TokenResult | undefined>>();
  /** When the next background renewal may start. */
  readonly #notBefore = new Map<AppId, Instant>();
  /** When an app's exhausted token quota ends; until then no token is requested. */
  readonly #quotaEndsAt = new Map<AppId, Instant>();

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#forced = new ForcedRefreshes(options.clock);
  }

  /** Returns a valid token. */
  async get(app: App): Promise<TokenResult> {
    const held = this.#held.get(app.appId);
    const left = held === undefined ? 0 : held.endsAt - this.#options.clock.now();
    if (held === undefined || left <= TOO_CLOSE_TO_END) return this.#renew(app);
    if (left <= RENEW_BEFORE_END) this.#renewInBackground(app);
    return succeed(held.token);
  }

  /**
   * Replaces a token that Weixin has just rejected; undefined if no other token is available. If Weixin issues the
   * rejected token again, because another party forced a refresh, this forces one too.
   */
  async replace(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    const held = this.#held.get(app.appId);
    if (held !== undefined && held.token.reveal() !== rejected.reveal()) return this.get(app);
    const forcing = this.#forcing.get(app.appId);
    if (forcing !== undefined) return otherThan(rejected, await forcing);
    if (this.#forced.isStuck(app.appId, rejected)) return undefined;
    this.#held.delete(app.appId);
    const renewed = await this.#renew(app, rejected);
    return otherThan(rejected, renewed) ?? otherThan(rejected, await this.#force(app, rejected));
  }

  #renewInBackground(app: App): void {
    const now = this.#options.clock.now();
    if (now < (this.#notBefore.get(app.appId) ?? 0)) return;
    this.#notBefore.set(app.appId, now + RENEW_AT_MOST_EVERY);
    // No request waits for this renewal: if it fails, a later request tries again, and the held token keeps working.
    this.#renew(app).then(
      (renewed) => renewed.ok || this.#options.onRenewalFailed(app, renewed.failure.code),
      (error: unknown) => this.#options.onRenewalFailed(app, error),
    );
  }

  #renew(app: App, rejected?: Secret): Promise<TokenResult> {
    const flying = this.#flights.get(app.appId);
    if (flying !== undefined) return flying;
    const flight = this.#findOrFetch(app, rejected).finally(() => this.#flights.delete(app.appId));
    this.#flights.set(app.appId, flight);
    return flight;
  }

  /** Forces a refresh as a single flight; undefined if none may be forced now. */
  #force(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    const flying = this.#forcing.get(app.appId);
    if (flying !== undefined) return flying;
    if (!this.#forced.begin(app.appId, rejected)) return Promise.resolve(undefined);
    const flight = this.#fetchForced(app).finally(() => this.#forcing.delete(app.appId));
    this.#forcing.set(app.appId, flight);
    return flight;
  }

  async #findOrFetch(app: App, rejected: Secret | undefined): Promise<TokenResult> {
    const { shared, clock } = this.#options;
    const found = await shared?.find(app.appId).catch(() => undefined);
    const isGood = found !== undefined && found.endsAt - clock.now() > RENEW_BEFORE_END;
    if (isGood && found.token.reveal() !== rejected?.reveal()) {
      this.#held.set(app.appId, found);
      this.#options.onHeld?.(app, found.endsAt - clock.now());
      return succeed(found.token);
    }
    return this.#fetch(app);
  }

  async #fetch(app: App): Promise<TokenResult> {
    const quota = this.#quota(app.appId);
    if (quota !== undefined) return fail(quota);
    const issued = await this.#options.fetch(app, false);
    if (issued.ok) return this.#hold(app, issued.value);
    const { failure } = issued;
    if (failure.code === 'RATE_LIMITED') {
      this.#quotaEndsAt.set(app.appId, this.#options.clock.now() + failure.retryAfterSeconds * 1000);
    }
    return issued;
  }

  /** Forced refreshes have their own quota; if it is exhausted, tokens can still be requested without force. */
  async #fetchForced(app: App): Promise<TokenResult | undefined> {
    const issued = await this.#options.fetch(app, true);
    if (issued.ok) return this.#hold(app, issued.value);
    return issued.failure.code === 'RATE_LIMITED' ? undefined : issued;
  }

  async #hold(app: App, { token, lifeSeconds }: IssuedToken): Promise<TokenResult> {
    const { clock, shared } = this.#options;
    const endsAt = clock.now() + lifeSeconds * 1000;
    this.#held.set(app.appId, { token, endsAt });
    this.#options.onHeld?.(app, endsAt - clock.now());
    await shared?.share(app.appId, token, endsAt).catch(() => undefined);
    return succeed(token);
  }

  /** The failure while this app's token quota is exhausted. */
  #quota(appId: AppId): FailureOf<'RATE_LIMITED'> | undefined {
    const left = (this.#quotaEndsAt.get(appId) ?? 0) - this.#options.clock.now();
    return left > 0 ? { code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(left / 1000) } : undefined;
  }
}

/** Returns the result; undefined if it is the rejected token again. */
function otherThan(rejected: Secret, result: TokenResult | undefined): TokenResult | undefined {
  return result?.ok === true && result.value.reveal() === rejected.reveal() ? undefined : result;
}
