/** A back end with its credentials, at the door that the gateway has for it. */
export class BackEnd {
  readonly #door: string;
  readonly #authorization: string | undefined;

  /** @param credentials `id:secret`; undefined: none */
  constructor(door: string | undefined, credentials: string | undefined = CREDENTIALS) {
    if (door === undefined) throw new Error('This gateway has no door for back ends.');
    this.#door = door;
    this.#authorization = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  introspect(token: string): Promise<BackEndAnswer> {
    return this.post('/introspect', new URLSearchParams({ token }).toString(), FORM);
  }

  sign(body: object): Promise<BackEndAnswer> {
    return this.post('/user-signature', JSON.stringify(body), JSON_TYPE);
  }

  endSessions(body: object): Promise<BackEndAnswer> {
    return this.post('/end-sessions', JSON.stringify(body), JSON_TYPE);
  }

  async post(path: string, body: string | Buffer, headers: Record<string, string>): Promise<BackEndAnswer> {
    const response = await fetch(this.#door + path, {
      method: 'POST',
      headers: { ...(this.#authorization !== undefined && { authorization: this.#authorization }), ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as never };
  }
}

export interface BackEndAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const JSON_TYPE = { 'content-type': 'application/json' };

export const SECRET = 'a/secret+of=the.shop%20with-40-characters';
export const CREDENTIALS = `shop:${SECRET}`;

/** Variables of a gateway with a door for the back end above, and for another one. */
export const DOOR = {
  BACKEND_PORT: '0',
  BACKEND_CLIENTS: `${CREDENTIALS},desk:another-secret-of-the-support-desk:1`,
};
