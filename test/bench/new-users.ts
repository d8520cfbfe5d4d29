import { createHistogram } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { CONNECTIONS } from './load.js';
import { APP_ID } from './people.js';
import { isRight, loginTask, sessionTask, type Task, tokenIn } from './operations.js';

export interface LoginRun {
  readonly count: number;
  readonly milliseconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface LoginPlan {
  readonly count: number;
  /** No login is begun after it, by performance.now(). */
  readonly deadline: number;
  /** As many as the gateway takes where it is left out. */
  readonly perSecond?: number;
  readonly tell: (progress: string) => void;
}

/** Every this manyth token is kept, to look later whether its session is still there. */
const KEPT_TOKENS = 100;
const TOLD_EVERY = 50_000;

/** Users who log in once, each another one. */
export class NewUsers {
  readonly #pool: Pool;
  readonly #kept: { readonly name: string; readonly token: string; readonly nth: number }[] = [];
  /** Logins so far. */
  count = 0;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: CONNECTIONS });
  }

  /** @throws where a login fails */
  async logIn({ count, deadline, perSecond, tell }: LoginPlan): Promise<LoginRun> {
    const took = createHistogram();
    const startedAt = performance.now();
    let begun = 0;
    const oneAfterTheOther = async () => {
      while (begun < count && performance.now() < deadline) {
        begun += 1;
        if (perSecond !== undefined) await delay(startedAt + (begun * 1_000) / perSecond - performance.now());
        const began = performance.now();
        await this.#logInNext();
        took.record(Math.max(1, Math.round((performance.now() - began) * 1_000)));
        if (this.count % TOLD_EVERY === 0) tell(`${this.count} logins`);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, oneAfterTheOther));
    return {
      count: begun,
      milliseconds: performance.now() - startedAt,
      p50: took.percentile(50) / 1_000,
      p99: took.percentile(99) / 1_000,
    };
  }

  /**
   * How many sessions the gateway holds, told from every hundredth.
   *
   * @param newest so many of the last sessions have to be there
   * @throws where one of those is not
   */
  async held(newest: number): Promise<number> {
    let found = 0;
    for (const { name, token, nth } of this.#kept) {
      const task = sessionTask('/graphql', { name, token, appId: APP_ID, key: 0 });
      if (isRight(await this.#answer(task), task)) found += 1;
      else if (nth > this.count - newest) throw new Error(`The session of login ${nth} of ${this.count} is gone.`);
    }
    return Math.round((found / this.#kept.length) * this.count);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #logInNext(): Promise<void> {
    const nth = (this.count += 1);
    const name = `soak-${nth}`;
    const task = loginTask('/graphql', name);
    const answer = await this.#answer(task);
    if (!isRight(answer, task)) throw new Error(`Login ${nth} failed: ${answer}`);
    if (nth % KEPT_TOKENS === 0) this.#kept.push({ name, token: tokenIn(answer), nth });
  }

  async #answer({ request: { path, headers, body } }: Task): Promise<string> {
    const sent = { path, method: 'POST', headers: headers as Record<string, string>, body } as const;
    return (await this.#pool.request(sent)).body.text();
  }
}
