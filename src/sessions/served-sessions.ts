import type { Fingerprint } from '../crypto/fingerprint.js';
import type { Token } from '../crypto/token.js';
import type { User } from '../domain/app.js';
import type { LearnedKey } from '../domain/key-ring.js';
import type { Session } from '../domain/session.js';
import type { NewlyCreated, NewSession, SessionStore } from '../stores/session-store.js';

/** Sessions without those of apps that were removed: these have ended, whatever the store still holds. */
export class ServedSessions implements SessionStore {
  readonly #store: SessionStore;
  readonly #isServed: (session: Session) => boolean;

  /** @param isServed whether the session's app is served, and was since the session began */
  constructor(store: SessionStore, isServed: (session: Session) => boolean) {
    this.#store = store;
    this.#isServed = isServed;
  }

  create(user: NewSession, learned: LearnedKey, code?: Fingerprint): Promise<NewlyCreated> {
    return this.#store.create(user, learned, code);
  }

  async find(token: Token): Promise<Session | undefined> {
    return this.#served(await this.#store.find(token));
  }

  async findById(id: Fingerprint): Promise<Session | undefined> {
    return this.#served(await this.#store.findById(id));
  }

  note(created: NewlyCreated): string {
    return this.#store.note(created);
  }

  async recall(note: string): Promise<NewlyCreated | undefined> {
    const recalled = await this.#store.recall(note);
    return recalled !== undefined && this.#isServed(recalled.session) ? recalled : undefined;
  }

  revoke(token: Token): Promise<number> {
    return this.#store.revoke(token);
  }

  revokeAll(user: User, last?: Token): Promise<number> {
    return this.#store.revokeAll(user, last);
  }

  #served(session: Session | undefined): Session | undefined {
    return session !== undefined && this.#isServed(session) ? session : undefined;
  }
}
