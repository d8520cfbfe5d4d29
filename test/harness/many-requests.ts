import { Pool } from 'undici';
import {
  DecryptPhoneDocument,
  type DecryptPhoneMutation,
  LoginDocument,
  type LoginMutation,
} from '../../src/client/generated/graphql.js';

/** Many requests at a time to one gateway, over connections that are kept. */
export class ManyRequests {
  readonly #pool: Pool;

  /** @param connections how many requests are under way at most */
  constructor(url: string, connections: number) {
    this.#pool = new Pool(url, { connections });
  }

  async login(code: string): Promise<LoginMutation['login']> {
    return (await this.#post<LoginMutation>({ query: LoginDocument.toString(), variables: { input: { code } } })).login;
  }

  async decryptPhone(
    token: string | undefined,
    { encryptedData, iv }: { encryptedData: string; iv: string },
  ): Promise<DecryptPhoneMutation['decryptPhone']> {
    const request = { query: DecryptPhoneDocument.toString(), variables: { input: { encryptedData, iv } } };
    return (await this.#post<DecryptPhoneMutation>(request, token)).decryptPhone;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #post<T>(body: object, token?: string): Promise<T> {
    const response = await this.#pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    const { data } = JSON.parse(text) as { data?: T };
    if (data === undefined) throw new Error(text);
    return data;
  }
}

/** How often each of these answers was given. */
export function counted(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
