import type { ClientAddress } from '../domain/client-address.js';

/** What a resolver knows of its request. */
export interface RequestContext {
  /** The text behind `Authorization: Bearer`, whatever it is; undefined where there was none. */
  readonly token: string | undefined;
  /** Who sent the request; asked for by the operations that are limited by it. */
  readonly clientAddress: () => ClientAddress;
  /** Names the request in the answer's headers and in the log. */
  readonly requestId: string;
  /** Its place in a distributed trace, for the log; asked for where a line is written. */
  readonly traceparent: () => string | undefined;
}
