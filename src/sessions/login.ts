import type { Token } from '../crypto/token.js';
import type { App } from '../domain/app.js';
import type { ClientAddress } from '../domain/client-address.js';
import type { FailureOf } from '../domain/failure.js';
import type { Session } from '../domain/session.js';

export interface LoginRequest {
  readonly app: App;
  /** From wx.login. */
  readonly code: string;
  /** The client's own random value, or null: where given, the code repeats only under the same one. */
  readonly nonce: string | null;
  /** Who sent the code. */
  readonly clientAddress: ClientAddress;
}

export interface Login {
  readonly token: Token;
  readonly session: Session;
}

export type LoginFailure = FailureOf<
  'CODE_INVALID' | 'CODE_ALREADY_USED' | 'USER_BLOCKED' | 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'
>;
