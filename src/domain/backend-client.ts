import type { Secret } from './secret.js';

/** One of your own back ends that may use the door for back ends, with its credentials (RFC 6749 section 2.3.1). */
export interface BackendClient {
  readonly id: string;
  readonly secret: Secret;
}
