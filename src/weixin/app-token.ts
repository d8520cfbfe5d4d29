import type { HeldToken, SharedTokens } from '../domain/access-token.js';
import type { App } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import { fail, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { TokenResult, TokenSource } from './credentials.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import { ForcedRefreshes } from './forced-refreshes.js';

/**
 * Remaining life at which a token is renewed: Weixin issues the next one in the last five minutes of a token, and both
 * work then. A token of a shorter life is renewed in its second half.
 */
export const RENEW_BEFORE_END: Milliseconds = 300_000;
/** Shortest time between background renewals, so that a failed one is not repeated with every request. */
const RENEW_AT_MOST_EVERY: Milliseconds = 10_000;
/** Remaining life below which a token is not used, since it might expire on the way. */
const TOO_CLOSE_TO_END: Milliseconds = 5_000;

export interface AppTokenOptions {
  readonly source: TokenSource;
  /** Called when a background renewal has failed. */
  readonly onRenewalFailed: (app: App, cause: unknown) => void;
  /** Called with a new token's remaining life. */
  readonly onHeld?: (app: App, left: Milliseconds) => void;
  readonly clock: Clock;
  readonly shared: SharedTokens | undefined;
}

interface OwnToken extends HeldToken {
  readonly renewAt: Instant;
  /** The app secret with which it was obtained. */
  readonly secret: string | undefined;
}

/** The access token of one app: fetched as a single flight, and renewed in the background before it expires. */
export class AppToken {
  readonly #options: AppTokenOptions;
  readonly #forced: ForcedRefreshes;
  #held: OwnToken | undefined;
  #flight: Promise<TokenResult> | undefined;
  /** A forced refresh in flight. */
  #forcing: Promise<TokenResult | undefined> | undefined;
  /** When the next background renewal may start. */
  #notBefore: Instant = 0;
  /** When an exhausted token quota ends; until then no token is requested. */
  #quotaEndsAt: Instant = 0;

  constructor(options: AppTokenOptions) {
    this.#options = options;
    this.#forced = new ForcedRefreshes(options.clock);
  }

  /** Returns a valid token. A changed app secret has it asked for anew. */
  async get(app: App): Promise<TokenResult> {
    const held = this.#held;
    const now = this.#options.clock.now();
    if (held === undefined || held.endsAt - now <= TOO_CLOSE_TO_END) return this.#renew(app);
    if (held.secret !== app.secret?.reveal()) return this.#renew(app, held.token);
    if (now >= held.renewAt) this.#renewInBackground(app);
    return succeed(held.token);
  }

  /**
   * Replaces a token that Weixin has just rejected; undefined if no other token is available. If the source issues the
   * rejected token again, because another party forced a refresh, this forces one too.
   */
  async replace(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    if (this.#held !== undefined && this.#held.token.reveal() !== rejected.reveal()) return this.get(app);
    if (this.#forcing !== undefined) return otherThan(rejected, await this.#forcing);
    if (this.#forced.isStuck(rejected)) return undefined;
    this.#held = undefined;
    const renewed = await this.#renew(app, rejected);
    return otherThan(rejected, renewed) ?? otherThan(rejected, await this.#force(app, rejected));
  }

  #renewInBackground(app: App): void {
    const now = this.#options.clock.now();
    if (now < this.#notBefore) return;
    this.#notBefore = now + RENEW_AT_MOST_EVERY;
    // No request waits for this renewal: if it fails, a later request tries again, and the held token keeps working.
    this.#renew(app).then(
      (renewed) => renewed.ok || this.#options.onRenewalFailed(app, renewed.failure.code),
      (error: unknown) => this.#options.onRenewalFailed(app, error),
    );
  }

  #renew(app: App, rejected?: Secret): Promise<TokenResult> {
    this.#flight ??= this.#findOrFetch(app, rejected).finally(() => (this.#flight = undefined));
    return this.#flight;
  }

  /** Forces a refresh as a single flight; undefined if none may be forced now. */
  #force(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    if (this.#forcing !== undefined) return this.#forcing;
    if (!this.#options.source.canForce) this.#forced.giveUp(rejected);
    else if (this.#forced.begin(rejected)) {
      this.#forcing = this.#fetchForced(app).finally(() => (this.#forcing = undefined));
      return this.#forcing;
    }
    return Promise.resolve(undefined);
  }

  async #findOrFetch(app: App, rejected: Secret | undefined): Promise<TokenResult> {
    const { shared, clock } = this.#options;
    const found = await shared?.find(app.appId).catch(() => undefined);
    const isGood = found !== undefined && found.endsAt - clock.now() > RENEW_BEFORE_END;
    if (isGood && found.token.reveal() !== rejected?.reveal()) {
      this.#held = { ...found, renewAt: found.endsAt - RENEW_BEFORE_END, secret: app.secret?.reveal() };
      this.#options.onHeld?.(app, found.endsAt - clock.now());
      return succeed(found.token);
    }
    return this.#fetch(app);
  }

  async #fetch(app: App): Promise<TokenResult> {
    const quota = this.#quota();
    if (quota !== undefined) return fail(quota);
    const issued = await this.#options.source.fetch(app, false);
    if (issued.ok) return this.#hold(app, issued.value);
    const { failure } = issued;
    if (failure.code === 'RATE_LIMITED') {
      this.#quotaEndsAt = this.#options.clock.now() + failure.retryAfterSeconds * 1000;
    }
    return issued;
  }

  /** Forced refreshes have their own quota; if it is exhausted, tokens can still be requested without force. */
  async #fetchForced(app: App): Promise<TokenResult | undefined> {
    const issued = await this.#options.source.fetch(app, true);
    if (issued.ok) return this.#hold(app, issued.value);
    return issued.failure.code === 'RATE_LIMITED' ? undefined : issued;
  }

  async #hold(app: App, { token, lifeSeconds }: IssuedToken): Promise<TokenResult> {
    const { clock, shared } = this.#options;
    const life = lifeSeconds * 1000;
    const endsAt = clock.now() + life;
    const renewAt = endsAt - Math.min(RENEW_BEFORE_END, life / 2);
    this.#held = { token, endsAt, renewAt, secret: app.secret?.reveal() };
    this.#options.onHeld?.(app, life);
    await shared?.share(app.appId, token, endsAt).catch(() => undefined);
    return succeed(token);
  }

  /** The failure while the token quota is exhausted. */
  #quota(): FailureOf<'RATE_LIMITED'> | undefined {
    const left = this.#quotaEndsAt - this.#options.clock.now();
    return left > 0 ? { code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(left / 1000) } : undefined;
  }
}

/** Returns the result; undefined if it is the rejected token again. */
function otherThan(rejected: Secret, result: TokenResult | undefined): TokenResult | undefined {
  return result?.ok === true && result.value.reveal() === rejected.reveal() ? undefined : result;
}
