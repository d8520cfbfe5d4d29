import type { EncryptedPhone } from '../crypto/crypto-service.js';
import { isWatermarkedJson } from '../crypto/watermarked-json.js';
import type { AppId, OpenId } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { KeyRing } from '../domain/key-ring.js';
import type { Log } from '../domain/log.js';
import type { Session } from '../domain/session.js';

/** Users of one app, so many in an hour that neither one broken client nor one attacker makes them up alone. */
export const GRAMMAR_WATCH_USERS = 20;
/** In which the users are counted. */
const WINDOW: Milliseconds = 3_600_000;
/** Refused documents that wait to be looked at; more are not looked at. One look takes some microseconds. */
export const MAX_WAITING = 500;

interface Refused {
  readonly user: Pick<Session, 'appId' | 'openId'>;
  readonly ring: KeyRing;
  readonly data: EncryptedPhone;
}

/**
 * Watches for the day on which Weixin changes its format: documents that are genuine by every sign but the grammar's would
 * all be refused, with the answer that forgeries get. Many different users in an hour whose current key opens JSON with a
 * watermark make one warning in the log. It is made long after the answers, and is no figure for a single request: that
 * would be an oracle for whoever reads the log or the metrics.
 */
export class GrammarWatch {
  readonly #clock: Clock;
  readonly #log: Log;
  /** What came since the last look; it is looked at with the next but one, when its answers are long sent. */
  #fresh: Refused[] = [];
  #waiting: Refused[] = [];
  readonly #users = new Map<AppId, Set<OpenId>>();
  #windowEndsAt: Instant = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** None of the ring's keys opened this to a phone document. */
  refused(user: Session, ring: KeyRing, data: EncryptedPhone): void {
    if (this.#fresh.length < MAX_WAITING) this.#fresh.push({ user, ring, data });
  }

  /** Looks at what waits. Call it every second or so. */
  look(): void {
    const now = this.#clock.now();
    if (now >= this.#windowEndsAt) {
      this.#users.clear();
      this.#windowEndsAt = now + WINDOW;
    }
    const waiting = this.#waiting;
    this.#waiting = this.#fresh;
    this.#fresh = [];
    for (const refused of waiting) this.#lookAt(refused);
  }

  #lookAt({ user: { appId, openId }, ring, data }: Refused): void {
    const users = this.#users.get(appId) ?? new Set();
    this.#users.set(appId, users);
    if (users.size >= GRAMMAR_WATCH_USERS || users.has(openId)) return;
    const [newest] = ring;
    if (newest === undefined || !isWatermarkedJson(newest.key, data)) return;
    users.add(openId);
    if (users.size < GRAMMAR_WATCH_USERS) return;
    this.#log.warn(
      { appId },
      `${GRAMMAR_WATCH_USERS} users within an hour sent data that opens under their current key, and is no phone document: ` +
        'Weixin may have changed its format, or the Mini Program sends other data than the phone button gives',
    );
  }
}
