import type { User } from './app.js';
import type { Instant } from './clock.js';

/** A logged-in user of a Mini Program. */
export interface Session extends User {
  /** Id of the session, which does not reveal its token; the same on every instance. */
  readonly id: string;
  /** Id of the user across one Open Platform account; null if Weixin gave none. */
  readonly unionId: string | null;
  readonly createdAt: Instant;
  /** Latest end of the session; an idle session ends earlier. */
  readonly expiresAt: Instant;
}
