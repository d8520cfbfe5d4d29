import type { EncryptedPhone } from '../crypto/crypto-service.js';
import { isWatermarkedJson } from '../crypto/watermarked-json.js';
import type { AppId, OpenId, User } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import type { KeyRing } from '../domain/key-ring.js';
import type { Log } from '../domain/log.js';

/** Users of one app within the window that trigger the warning: too many for one broken client or one attacker. */
export const GRAMMAR_WATCH_USERS = 20;
/** Counting window. */
const WINDOW: Milliseconds = 3_600_000;
/** Rejected documents that wait for a check; further ones are not checked. A check takes microseconds. */
export const MAX_WAITING = 500;

interface Refused {
  readonly user: User;
  readonly ring: KeyRing;
  readonly data: EncryptedPhone;
}

/**
 * Watches for a change of Weixin's format, after which genuine documents would be rejected like forgeries. It logs one
 * warning if, within an hour, many users of an app send data that their newest key decrypts to JSON with a watermark,
 * or a number that no numbering plan has. Nothing is logged or counted per request: that would be a decryption oracle
 * for readers of the log or the metrics.
 */
export class GrammarWatch {
  readonly #clock: Clock;
  readonly #log: Log;
  /**
   * Rejected since the last check. They are checked in the check after the next one, long after their answers were
   * sent.
   */
  #fresh: Refused[] = [];
  #waiting: Refused[] = [];
  readonly #users = new Map<AppId, Set<OpenId>>();
  #windowEndsAt: Instant = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Records data that no key of the ring opened. */
  refused(user: User, ring: KeyRing, data: EncryptedPhone): void {
    if (this.#fresh.length < MAX_WAITING) this.#fresh.push({ user, ring, data });
  }

  /** Records a well-formed document, of any source, whose number no numbering plan has. */
  impossible(user: User): void {
    this.#startWindow();
    this.#count(user);
  }

  /** Checks the waiting documents. Call it about once a second. */
  look(): void {
    this.#startWindow();
    const waiting = this.#waiting;
    this.#waiting = this.#fresh;
    this.#fresh = [];
    for (const refused of waiting) this.#lookAt(refused);
  }

  /** Starts a new window if the present one has ended. */
  #startWindow(): void {
    const now = this.#clock.now();
    if (now < this.#windowEndsAt) return;
    this.#users.clear();
    this.#windowEndsAt = now + WINDOW;
  }

  #lookAt({ user, ring, data }: Refused): void {
    // No need to decrypt if the app's warning is logged or the user is counted already.
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
      `${GRAMMAR_WATCH_USERS} users within an hour sent data that fits their session key, but not the grammar or the ` +
        'numbering plans of a phone document: Weixin may have changed its format, or the Mini Program sends data that ' +
        'is not from the phone button',
    );
  }
}
