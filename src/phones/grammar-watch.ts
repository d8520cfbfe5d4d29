import type { EncryptedPhone } from '../crypto/crypto-service.js';
import { isWatermarkedJson } from '../crypto/watermarked-json.js';
import type { AppId, OpenId, User } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { KeyRing } from '../domain/key-ring.js';
import type { Log } from '../domain/log.js';

/** Users of one app, so many in an hour that neither one broken client nor one attacker makes them up alone. */
export const GRAMMAR_WATCH_USERS = 20;
/** Counting window. */
const WINDOW: Milliseconds = 3_600_000;
/** Refused documents that wait to be looked at; more are not looked at. One look takes some microseconds. */
export const MAX_WAITING = 500;

interface Refused {
  readonly user: User;
  readonly ring: KeyRing;
  readonly data: EncryptedPhone;
}

/**
 * Watches for a change of Weixin's format: documents that are genuine by every sign but the grammar's would all be refused,
 * with the answer that forgeries get. One warning is logged for many different users in an hour whose current key opens JSON
 * with a watermark, or whose number no numbering plan has. Nothing is logged or counted for a single request: whether its
 * data opens to JSON would be an oracle for anyone who reads the log or the metrics.
 */
export class GrammarWatch {
  readonly #clock: Clock;
  readonly #log: Log;
  /** Refused since the last look. They are looked at with the next but one, long after their answers were sent. */
  #fresh: Refused[] = [];
  #waiting: Refused[] = [];
  readonly #users = new Map<AppId, Set<OpenId>>();
  #windowEndsAt: Instant = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** None of the ring's keys opened this to a phone document. */
  refused(user: User, ring: KeyRing, data: EncryptedPhone): void {
    if (this.#fresh.length < MAX_WAITING) this.#fresh.push({ user, ring, data });
  }

  /** A well-formed document, however it came, has a number that no numbering plan has. */
  impossible(user: User): void {
    this.#count(user);
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

  #lookAt({ user, ring, data }: Refused): void {
    // Once the app's warning is out, or the user counted, the document need not be opened.
    if (!this.#isOfUse(user)) return;
    const [newest] = ring;
    if (newest !== undefined && isWatermarkedJson(newest.key, data)) this.#count(user);
  }

  #isOfUse({ appId, openId }: User): boolean {
    const users = this.#users.get(appId);
    return users === undefined || (users.size < GRAMMAR_WATCH_USERS && !users.has(openId));
  }

  #count(user: User): void {
    if (!this.#isOfUse(user)) return;
    const { appId, openId } = user;
    const users = this.#users.get(appId) ?? new Set();
    this.#users.set(appId, users);
    users.add(openId);
    if (users.size < GRAMMAR_WATCH_USERS) return;
    this.#log.warn(
      { appId },
      `${GRAMMAR_WATCH_USERS} users within an hour brought data that is genuine by its key, and no phone document by the ` +
        'grammar or the numbering plans: Weixin may have changed its format, or the Mini Program sends other data than ' +
        'the phone button gives',
    );
  }
}
