import type { Fingerprint } from '../crypto/fingerprint.js';
import type { Token } from '../crypto/token.js';
import type { User } from '../domain/app.js';
import type { LearnedKey } from '../domain/key-ring.js';
import type { Session } from '../domain/session.js';

/**
 * Sessions, found by their tokens. A store keeps the hash of a token, never the token.
 *
 * Guarantees of every implementation, held by its contract suite: an expired session equals an absent one, to the
 * millisecond (a store that many processes share may let an idle one live a stated while longer); a revoked session is
 * absent, everywhere within one second; a user has at most `perUser` sessions; of two keys learned at once neither is
 * lost; only StoreUnavailable is thrown.
 */
export interface SessionStore {
  /**
   * Adds a key to the user's key ring and starts a session under a new token, by the store's clock. If the user has as many
   * sessions as they may have, their oldest ends. Once this has succeeded, logout everywhere ends the session.
   *
   * @param code the code of the login, if the answer to it may be kept: see `recall`
   */
  create(user: NewSession, learned: LearnedKey, code?: Fingerprint): Promise<NewlyCreated>;

  /** The live session of this token; looking it up counts as using it. */
  find(token: Token): Promise<Session | undefined>;

  /** The live session with this id, the hash of its token; looking it up counts as using it. */
  findById(id: Fingerprint): Promise<Session | undefined>;

  /** A newly created session as a text from which `recall` gives it again. It holds the token: keep it under seal. */
  note(created: NewlyCreated): string;

  /**
   * The session of a note that `Once` kept under the code of the login; undefined if it has ended. A shared store may rely
   * on having deleted the kept answer when it ended the session.
   */
  recall(note: string): Promise<NewlyCreated | undefined>;

  /** Ends the session of this token and tells how many ended: 1, or 0 if there was none. */
  revoke(token: Token): Promise<number>;

  /**
   * Ends every session of a user and tells how many live ones ended.
   *
   * @param last the token of the session that ends after all the others: if the store is lost half way, its holder is still
   *   logged in and can ask again
   */
  revokeAll(user: User, last?: Token): Promise<number>;
}

export interface NewSession extends User {
  readonly unionId: string | null;
}

export interface NewlyCreated {
  readonly token: Token;
  readonly session: Session;
}
