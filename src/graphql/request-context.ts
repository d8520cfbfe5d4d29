import type { ClientAddress } from '../domain/client-address.js';
import type { AuthorizationProblem } from '../domain/failure.js';

/** Context of a request for its resolvers. */
export interface RequestContext {
  /** The text after `Authorization: Bearer`, not validated; undefined if there is none. */
  readonly token: string | undefined;
  /** What the headers show to be wrong with the credentials; read only if there is no session. */
  readonly authorizationProblem: () => AuthorizationProblem | undefined;
  /** Address of the client; read only by operations with a limit by address. */
  readonly clientAddress: () => ClientAddress;
  /** Identifies the request in the answer's headers and in the log. */
  readonly requestId: string;
  /** The request's traceparent for the log; read only when a line is written. */
  readonly traceparent: () => string | undefined;
}
