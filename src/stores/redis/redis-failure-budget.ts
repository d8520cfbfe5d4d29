import { setTimeout as delay } from 'node:timers/promises';
import { type User, userKey } from '../../domain/app.js';
import type { Milliseconds } from '../../domain/clock.js';
import { Deadline } from '../../domain/deadline.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { Attempt, FailureBudget } from '../failure-budget.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { failuresName, userName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import { SpentKeys } from './spent-keys.js';
import { Turns } from './turns.js';
import { keyName } from './user-record.js';

export interface RedisFailureBudgetOptions {
  readonly redis: RedisConnection;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

/** A reservation is settled within a round trip. One that is not, because its process died, counts as a failure from then on. */
const LEASE: Milliseconds = 1_000;
/** How often a process asks again while undecided tries of other processes fill the limit. */
const ASK_EVERY: Milliseconds = 15;
/** For the whole of it: the turn, and asking again. */
const MAX_WAIT: Milliseconds = 2_500;

/**
 * Failures counted in Redis, once for every process: reserved before the try is made, and taken back if it succeeds.
 *
 * A process has one reservation of a user at a time, so that right documents at once do not fill the limit. If those of
 * other processes fill it, it asks again until they are settled.
 *
 * The names of the keys stand in the user's record: the reservation need not wait for the ring that is read from there.
 */
export class RedisFailureBudget implements FailureBudget {
  readonly #options: RedisFailureBudgetOptions;
  readonly #turns = new Turns();
  readonly #spent: SpentKeys;

  constructor(options: RedisFailureBudgetOptions) {
    this.#options = options;
    this.#spent = new SpentKeys(options.redis);
  }

  async attempt<T>(
    user: User,
    given: readonly SessionKey[] | Promise<readonly SessionKey[]>,
    open: (keys: readonly SessionKey[]) => T | undefined,
  ): Promise<Attempt<T>> {
    const coming = Promise.resolve(given);
    // It may fail before somebody waits for it.
    coming.catch(() => undefined);
    const deadline = new Deadline(MAX_WAIT);
    return this.#turns.take(userKey(user), async () => {
      const isGiven = !(given instanceof Promise);
      const reserved = await this.#reserve(user, coming, isGiven || this.#spent.knows(failuresName(user)), deadline);
      if (!('opened' in reserved)) return { granted: false, retryAfter: reserved.retryAfter };
      const { keys, opened } = reserved;
      const tried = keys.filter((key) => opened.get(keyName(key)));
      let value: T | undefined;
      try {
        value = open(tried);
      } finally {
        this.#settle(user, opened, value === undefined ? new Set(tried.map(keyName)) : new Set());
      }
      return { granted: true, value };
    });
  }

  /**
   * Reserves a failure of each of the keys.
   *
   * @param isFirst whether the keys are waited for first; otherwise those of the user's record are reserved meanwhile, and
   *   given back if they turn out to be others
   */
  async #reserve(
    user: User,
    coming: Promise<readonly SessionKey[]>,
    isFirst: boolean,
    deadline: Deadline,
  ): Promise<Reserved | Refused> {
    if (!isFirst) {
      const asking = this.#ask(user, [], deadline);
      const guessed = await asking;
      const keys = await coming.catch((error: unknown) => {
        if ('opened' in guessed) this.#settle(user, guessed.opened, new Set());
        throw error;
      });
      const names = keys.map(keyName);
      if (keys.length === 0 || names.every((name) => guessed.names.includes(name))) {
        if (!('opened' in guessed)) {
          this.#spent.remember(failuresName(user), names, guessed.retryAfter);
          return guessed;
        }
        if (keys.length === 0 || names.some((name) => guessed.opened.get(name))) return { ...guessed, keys };
      }
      if ('opened' in guessed) this.#settle(user, guessed.opened, new Set());
    }
    const keys = await coming;
    const names = keys.map(keyName);
    if (keys.length === 0) return { keys, opened: new Map() };
    const known = this.#spent.allSpentFor(failuresName(user), names);
    if (known !== undefined) return { retryAfter: known };
    const answer = await this.#ask(user, names, deadline);
    if ('opened' in answer) return { ...answer, keys };
    this.#spent.remember(failuresName(user), names, answer.retryAfter);
    return answer;
  }

  /** @param names of the keys; none for those in the user's record */
  async #ask(user: User, names: readonly string[], deadline: Deadline): Promise<Answer> {
    const { redis, limit, window } = this.#options;
    while (deadline.left > 0) {
      const args = [redis.now(), limit, window, LEASE].map(String);
      const [state, ...rest] = await redis.run((client) =>
        client.reserveFailures([failuresName(user), userName(user)], [...args, ...names]),
      );
      if (state === 'spent') return { retryAfter: Number(rest[0]), names: rest.slice(1) };
      if (state === 'granted') {
        const opened = new Map<string, string>();
        for (let i = 0; i < rest.length; i += 2) opened.set(rest[i] ?? '', rest[i + 1] ?? '');
        return { opened, names: [...opened.keys()] };
      }
      await delay(Math.min(ASK_EVERY, deadline.left));
    }
    throw new StoreUnavailable('Too many tries of one user are under way');
  }

  /** Nobody waits for this: commands of one connection stay in order, and a lost one leaves the failures counted. */
  #settle(user: User, opened: ReadonlyMap<string, string>, failed: ReadonlySet<string>): void {
    const args = [...opened].flatMap(([name, at]) => (at === '' ? [] : [name, at, failed.has(name) ? '0' : '1']));
    if (args.length === 0) return;
    this.#options.redis.run((client) => client.settleFailures([failuresName(user)], args)).catch(() => undefined);
  }
}

interface Refused {
  readonly retryAfter: Milliseconds;
}

/** Failures reserved: for each key by its name when its window was opened, '' for one that is spent. */
interface Granted {
  readonly opened: ReadonlyMap<string, string>;
}

type Reserved = Granted & { readonly keys: readonly SessionKey[] };
type Answer = (Granted | Refused) & { readonly names: readonly string[] };
