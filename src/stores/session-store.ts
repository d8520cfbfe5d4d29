import type { User } from '../domain/app.js';
import type { Session } from '../domain/session.js';
import type { Fingerprint } from '../crypto/fingerprint.js';

/**
 * Sessions by the hash of their token.
 *
 * Guarantees of every implementation, held by its contract suite: an expired session equals an absent one, to the
 * millisecond (a store that many processes share may let an idle one live a stated while longer); a revoked session is absent, everywhere within one second; a user has at most `perUser` sessions; only
 * StoreUnavailable is thrown.
 */
export interface SessionStore {
  /**
   * Keeps a new session, which starts now by the store's clock. Where the user has as many sessions as they may have,
   * their oldest ends.
   *
   * @param token hash of a token that was never used before
   */
  create(token: Fingerprint, user: NewSession): Promise<Session>;

  /** The live session of this token; looking it up counts as using it. */
  find(token: Fingerprint): Promise<Session | undefined>;

  /** Ends the session of this token and tells how many ended: 1, or 0 where there was none. */
  revoke(token: Fingerprint): Promise<number>;

  /**
   * Ends every session of a user and tells how many live ones ended.
   *
   * @param last the token of the session that ends after all the others: where the store is lost half way, whoever holds it
   *   is still logged in, and can ask again
   */
  revokeAll(user: User, last?: Fingerprint): Promise<number>;
}

export interface NewSession extends User {
  readonly unionId: string | null;
}
