import { Pool } from 'undici';
import { DecryptPhoneDocument } from '../../src/client/generated/graphql.js';
import type { Answer, Oracle, Query } from './oracle.js';

/** Connections that an attacker keeps open. */
const CONNECTIONS = 16;

/** Request of a query to one kind of server, and the position of the number in its answer. */
interface Dialect {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: (input: { encryptedData: string; iv: string }) => object;
  readonly number: (body: never) => string | undefined;
}

/** An oracle behind HTTP, over a few connections that are kept alive. */
export class HttpOracle implements Oracle {
  readonly #pool: Pool;
  readonly #dialect: Dialect;

  private constructor(url: string, dialect: Dialect) {
    this.#pool = new Pool(url, { connections: CONNECTIONS });
    this.#dialect = dialect;
  }

  static naive(url: string): HttpOracle {
    return new HttpOracle(url, {
      path: '/',
      headers: {},
      body: (input) => input,
      number: ({ phoneNumber }: { phoneNumber?: string }) => phoneNumber,
    });
  }

  static gateway(url: string, token: string): HttpOracle {
    return new HttpOracle(url, {
      path: '/graphql',
      headers: { authorization: `Bearer ${token}` },
      body: (input) => ({ query: DecryptPhoneDocument.toString(), variables: { input } }),
      number: ({ data }: { data?: { decryptPhone: { phoneNumber?: string } } }) => data?.decryptPhone.phoneNumber,
    });
  }

  async ask({ encryptedData, iv }: Query): Promise<Answer> {
    const { path, headers, body, number } = this.#dialect;
    const input = { encryptedData: encryptedData.toString('base64'), iv: iv.toString('base64') };
    const response = await this.#pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body(input)),
    });
    const text = await response.body.text();
    return { number: number(JSON.parse(text) as never), text: `${response.statusCode} ${text}` };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
