import type { AppId } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { Secret } from '../domain/secret.js';

/** Weixin's own limits of force_refresh, by app. Source: developers.weixin.qq.com, "getStableAccessToken". */
const FORCED_APART: Milliseconds = 30_000;
const FORCED_A_DAY = 20;
const DAY: Milliseconds = 86_400_000;

interface Ledger {
  /** The forced refreshes of the last day, the oldest first; at most FORCED_A_DAY. */
  forcedAt: Instant[];
  /** A token that Weixin both rejects and issues, and until when no other one is requested. */
  stuck: { readonly token: Secret; readonly until: Instant } | undefined;
}

/** Keeps the forced refreshes of access tokens within Weixin's limits. Bounded by the number of apps. */
export class ForcedRefreshes {
  readonly #clock: Clock;
  readonly #ledgers = new Map<AppId, Ledger>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a refresh; false if the limits forbid one now. The token then counts as stuck for the next half minute. */
  begin(appId: AppId, rejected: Secret): boolean {
    const now = this.#clock.now();
    const ledger = this.#ledgers.get(appId) ?? { forcedAt: [], stuck: undefined };
    this.#ledgers.set(appId, ledger);
    ledger.forcedAt = ledger.forcedAt.filter((at) => now - at < DAY);
    const last = ledger.forcedAt.at(-1);
    if (ledger.forcedAt.length < FORCED_A_DAY && (last === undefined || now - last >= FORCED_APART)) {
      ledger.forcedAt.push(now);
      return true;
    }
    ledger.stuck = { token: rejected, until: now + FORCED_APART };
    return false;
  }

  /** Whether Weixin rejected this token within the last half minute and could not issue another one. */
  isStuck(appId: AppId, token: Secret): boolean {
    const stuck = this.#ledgers.get(appId)?.stuck;
    return stuck !== undefined && this.#clock.now() < stuck.until && stuck.token.reveal() === token.reveal();
  }
}
