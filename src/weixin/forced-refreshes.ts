import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { Secret } from '../domain/secret.js';

/** Weixin's own limits of force_refresh, by app. Source: developers.weixin.qq.com, "getStableAccessToken". */
const FORCED_APART: Milliseconds = 30_000;
const FORCED_A_DAY = 20;
const DAY: Milliseconds = 86_400_000;

/** Keeps the forced refreshes of one app's access token within Weixin's limits. */
export class ForcedRefreshes {
  readonly #clock: Clock;
  /** The forced refreshes of the last day, the oldest first; at most FORCED_A_DAY. */
  #forcedAt: Instant[] = [];
  /** A token that Weixin both rejects and issues, and until when no other one is requested. */
  #stuck: { readonly token: Secret; readonly until: Instant } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a refresh; false if the limits forbid one now. The token then counts as stuck for the next half minute. */
  begin(rejected: Secret): boolean {
    const now = this.#clock.now();
    this.#forcedAt = this.#forcedAt.filter((at) => now - at < DAY);
    const last = this.#forcedAt.at(-1);
    if (this.#forcedAt.length < FORCED_A_DAY && (last === undefined || now - last >= FORCED_APART)) {
      this.#forcedAt.push(now);
      return true;
    }
    this.giveUp(rejected);
    return false;
  }

  /** Notes that there is no other token than this rejected one: it counts as stuck for the next half minute. */
  giveUp(rejected: Secret): void {
    this.#stuck = { token: rejected, until: this.#clock.now() + FORCED_APART };
  }

  /** Whether this token was rejected within the last half minute and no other one could be issued. */
  isStuck(token: Secret): boolean {
    const stuck = this.#stuck;
    return stuck !== undefined && this.#clock.now() < stuck.until && stuck.token.reveal() === token.reveal();
  }
}
