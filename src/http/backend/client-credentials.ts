import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { BackendClient } from '../../domain/backend-client.js';

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;
/** Characters of an Authorization header that is read: a client's id and secret, each character encoded, in Base64. */
const MAX_HEADER = 2_048;

/**
 * The credentials of back ends (HTTP Basic, RFC 7617). Secrets are compared as digests under a key of this process, in
 * constant time, and the same work is done for an unknown id.
 */
export class ClientCredentials {
  readonly #key = randomBytes(32);
  readonly #digests: ReadonlyMap<string, Buffer>;
  /** Of no secret that anybody has. */
  readonly #nobody = randomBytes(32);

  constructor(clients: readonly BackendClient[]) {
    this.#digests = new Map(clients.map(({ id, secret }) => [id, this.#digest(secret.reveal())]));
  }

  /** The id of the client whose credentials this header holds; undefined for any other header. */
  clientOf(authorization: string | undefined): string | undefined {
    const pair = authorization === undefined || authorization.length > MAX_HEADER ? null : BASIC.exec(authorization);
    if (pair === null) return undefined;
    const [id = '', ...rest] = Buffer.from(pair[1] ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const secret = rest.join(':');
    const clientId = formDecoded(id);
    const expected = this.#digests.get(clientId);
    // RFC 6749 section 2.3.1 has both encoded as in a form; curl and most others send them as they are.
    const isRight = [secret, formDecoded(secret)].map((text) =>
      timingSafeEqual(this.#digest(text), expected ?? this.#nobody),
    );
    return expected !== undefined && isRight.includes(true) ? clientId : undefined;
  }

  #digest(secret: string): Buffer {
    return createHmac('sha256', this.#key).update(secret).digest();
  }
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
