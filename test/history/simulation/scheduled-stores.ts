import type { Milliseconds } from '../../../src/domain/clock.js';
import type { Claim } from '../../../src/stores/once.js';
import { StoreUnavailable } from '../../../src/stores/store-unavailable.js';
import type { Stores } from '../../../src/stores/stores.js';

/** How a gateway reaches the stores. */
export interface Line {
  /** Waits until the request, or its answer, has arrived. */
  step(): Promise<void>;
  /** Whether the store is lost here, before it has done anything, or afterwards. */
  isLost(when: 'before' | 'afterwards'): boolean;
  /** Whether what may be asked along with a claim is. */
  asksAlongside(): boolean;
}

/** These stores at the other end of a line, over which every request and every answer takes its time, and may be lost. */
export function scheduledStores(stores: Stores, line: Line): Stores {
  const { sessions, rings, budget, once, limits } = stores;

  async function ask<T>(work: () => Promise<T>, mayMiss = true): Promise<T> {
    await line.step();
    if (mayMiss && line.isLost('before')) throw new StoreUnavailable('lost on the way there');
    const answer = await work();
    await line.step();
    if (line.isLost('afterwards')) throw new StoreUnavailable('lost on the way back');
    return answer;
  }

  /** A store in memory settles every claim: only the answer to it may be lost. */
  const settled = (claim: Claim): Claim =>
    claim.state !== 'mine'
      ? claim
      : {
          ...claim,
          keep: (answer: string, answerFor: Milliseconds, usedFor: Milliseconds) =>
            ask(() => claim.keep(answer, answerFor, usedFor), false),
          release: (answer) => ask(() => claim.release(answer), false),
        };

  return {
    ...stores,
    sessions: {
      create: (user, learned, code) => ask(() => sessions.create(user, learned, code)),
      find: (token) => ask(() => sessions.find(token)),
      findById: (id) => ask(() => sessions.findById(id)),
      note: (created) => sessions.note(created),
      recall: (note) => ask(() => sessions.recall(note)),
      revoke: (token) => ask(() => sessions.revoke(token)),
      revokeAll: (user, last) => ask(() => sessions.revokeAll(user, last)),
    },
    rings: { find: (user) => ask(() => rings.find(user)) },
    budget: {
      attempt: (user, keys, open) => {
        // It may fail while the request is still on its way.
        Promise.resolve(keys).catch(() => undefined);
        return ask(() => budget.attempt(user, keys, open));
      },
    },
    once: {
      claim: async (id, alongside) => {
        if (line.asksAlongside()) alongside?.();
        await line.step();
        if (line.isLost('before')) throw new StoreUnavailable('lost on the way there');
        const claim = await once.claim(id);
        await line.step();
        // A claim whose answer is lost would stay taken: a shared store gives it back, or lets it run out.
        return settled(claim);
      },
    },
    limits: {
      ...limits,
      login: { count: (address, appId) => ask(() => limits.login.count(address, appId)) },
      weixinByUser: {
        name: limits.weixinByUser.name,
        count: (subject) => ask(() => limits.weixinByUser.count(subject)),
      },
    },
  };
}
