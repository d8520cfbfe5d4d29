import type { User } from './app.js';
import type { Instant } from './clock.js';

/** A logged-in user of a Mini Program. */
export interface Session extends User {
  /** The user across one Open Platform account; null where Weixin gave none. */
  readonly unionId: string | null;
  readonly createdAt: Instant;
  /** When the session ends at the latest; it ends earlier when left idle. */
  readonly expiresAt: Instant;
  /** Version of the user's key ring at the start of the session, if the store counts versions: an older ring was rolled back. */
  readonly ringVersion?: number;
}
