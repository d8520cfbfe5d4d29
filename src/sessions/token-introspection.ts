import type { Fingerprint } from '../crypto/fingerprint.js';
import { parseToken } from '../crypto/token.js';
import type { FailureOf } from '../domain/failure.js';
import { type Result, succeed } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { SessionStore } from '../stores/session-store.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import type { SessionProofs } from './session-proofs.js';

/** A token or a proof of a session that is live now. */
export interface ActiveToken {
  readonly session: Session;
  /** Unix seconds, of the token or of the proof. */
  readonly issuedAt: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

export interface TokenIntrospectionOptions {
  readonly sessions: SessionStore;
  readonly proofs: SessionProofs;
}

/** Tells other back ends whose token or session proof they were given, and whether its session is still live. */
export class TokenIntrospection {
  readonly #options: TokenIntrospectionOptions;

  constructor(options: TokenIntrospectionOptions) {
    this.#options = options;
  }

  /** undefined: the text is no token and no proof of a live session, whatever else it is. The lookup counts as a use of the session. */
  find(text: string): Promise<Result<ActiveToken | undefined, FailureOf<'SERVICE_UNAVAILABLE'>>> {
    return orUnavailable(async () => succeed(await (text.includes('.') ? this.#byProof(text) : this.#byToken(text))));
  }

  async #byToken(text: string): Promise<ActiveToken | undefined> {
    const token = parseToken(text);
    const session = token && (await this.#options.sessions.find(token));
    return session && { session, issuedAt: seconds(session.createdAt), expiresAt: seconds(session.expiresAt) };
  }

  async #byProof(text: string): Promise<ActiveToken | undefined> {
    const proven = await this.#options.proofs.read(text);
    if (proven === undefined) return undefined;
    const session = await this.#options.sessions.findById(proven.sessionId as Fingerprint);
    return session && { session, issuedAt: proven.issuedAt, expiresAt: proven.expiresAt };
  }
}

function seconds(instant: number): number {
  return Math.floor(instant / 1000);
}
