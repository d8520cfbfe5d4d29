import type { HeldToken, SharedTokens } from '../domain/access-token.js';
import type { App, AppId } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import { ForcedRefreshes } from './forced-refreshes.js';
import type { QuotaFailure } from './weixin-api.js';

/** Weixin hands out the next token in the last five minutes of a token, and both work then. */
export const RENEW_BEFORE_END: Milliseconds = 300_000;
/** Between two renewals in the background, so that a failed one is not repeated with every request. */
const RENEW_AT_MOST_EVERY: Milliseconds = 10_000;
/** A token this close to its end may end on the way. */
const TOO_CLOSE_TO_END: Milliseconds = 5_000;

export interface AccessTokensOptions {
  /**
   * Asks Weixin for a token; one call an app at a time.
   *
   * @param force ends the current token and makes a new one
   */
  readonly fetch: (app: App, force: boolean) => Promise<Result<IssuedToken, QuotaFailure>>;
  /** Told of a renewal that failed while nobody was waiting for it. */
  readonly onRenewalFailed: (app: App, cause: unknown) => void;
  readonly clock: Clock;
  readonly shared: SharedTokens | undefined;
}

export type TokenResult = Result<Secret, QuotaFailure>;

/**
 * The access tokens of Weixin's server API, one for each Mini Program: fetched once for any number of requests, and renewed
 * in the background ahead of their end. Bounded by the number of apps.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #forced: ForcedRefreshes;
  readonly #held = new Map<AppId, HeldToken>();
  readonly #flights = new Map<AppId, Promise<TokenResult>>();
  /** Forced refreshes under way. */
  readonly #forcing = new Map<AppId, Promise<TokenResult | undefined>>();
  /** When a renewal in the background may be tried again. */
  readonly #notBefore = new Map<AppId, Instant>();
  /** When Weixin's quota of tokens for this app ends; until then it is not asked for one. */
  readonly #quotaEndsAt = new Map<AppId, Instant>();

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#forced = new ForcedRefreshes(options.clock);
  }

  /** A token that works now. */
  async get(app: App): Promise<TokenResult> {
    const held = this.#held.get(app.appId);
    const left = held === undefined ? 0 : held.endsAt - this.#options.clock.now();
    if (held === undefined || left <= TOO_CLOSE_TO_END) return this.#renew(app);
    if (left <= RENEW_BEFORE_END) this.#renewInBackground(app);
    return succeed(held.token);
  }

  /**
   * A token other than this one, which Weixin has just rejected; undefined if there is none to be had. If Weixin hands
   * out the rejected token again, because another party forced a refresh, a refresh is forced.
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
    // Nobody waits for this one: if it fails, the next request tries again, and the held token works on.
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

  /** A token of a forced refresh, once for all who wait for it; undefined if none may be forced now. */
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

  /** A forced refresh has a quota of its own, which keeps nobody from asking for a token. */
  async #fetchForced(app: App): Promise<TokenResult | undefined> {
    const issued = await this.#options.fetch(app, true);
    if (issued.ok) return this.#hold(app, issued.value);
    return issued.failure.code === 'RATE_LIMITED' ? undefined : issued;
  }

  async #hold(app: App, { token, lifeSeconds }: IssuedToken): Promise<TokenResult> {
    const { clock, shared } = this.#options;
    const endsAt = clock.now() + lifeSeconds * 1000;
    this.#held.set(app.appId, { token, endsAt });
    await shared?.share(app.appId, token, endsAt).catch(() => undefined);
    return succeed(token);
  }

  /** The quota that still forbids to ask for a token of this app. */
  #quota(appId: AppId): FailureOf<'RATE_LIMITED'> | undefined {
    const left = (this.#quotaEndsAt.get(appId) ?? 0) - this.#options.clock.now();
    return left > 0 ? { code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(left / 1000) } : undefined;
  }
}

/** The result, unless it is the rejected token again. */
function otherThan(rejected: Secret, result: TokenResult | undefined): TokenResult | undefined {
  return result?.ok === true && result.value.reveal() === rejected.reveal() ? undefined : result;
}
