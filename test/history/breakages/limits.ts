import type { FailureBudget } from '../../../src/stores/failure-budget.js';
import type { TakenOut } from './taken-out.js';

/** A budget of failures per user, which may count them too late, and successes too. */
function wrongBudget(limit: number, counts: 'afterwards' | 'successes', step: () => Promise<void>): FailureBudget {
  const failures = new Map<string, number>();
  return {
    async attempt(user, given, open) {
      const keys = await given;
      if ((failures.get(user.openId) ?? 0) >= limit) return { granted: false, retryAfter: 1_000 };
      await step();
      const value = open(keys);
      await step();
      if (value === undefined || counts === 'successes') {
        failures.set(user.openId, (failures.get(user.openId) ?? 0) + 1);
      }
      return { granted: true, value };
    },
  };
}

const admitsAll = { admitted: true, takeBack: () => undefined } as const;

export const wrongLimits: readonly TakenOut[] = [
  {
    what: 'failures that are counted after the try',
    rule: 'limit',
    broken: { stores: (stores, { step, limit }) => ({ ...stores, budget: wrongBudget(limit, 'afterwards', step) }) },
  },
  {
    what: 'logins that are not counted',
    rule: 'limit',
    broken: {
      stores: (stores) => ({ ...stores, limits: { ...stores.limits, login: { count: async () => admitsAll } } }),
    },
  },
  {
    what: "a user's calls of Weixin that are not counted",
    rule: 'limit',
    broken: {
      stores: (stores) => ({
        ...stores,
        limits: { ...stores.limits, weixinByUser: { name: 'weixin_by_user', count: async () => admitsAll } },
      }),
    },
  },
  {
    what: 'successes that are counted as failures',
    rule: 'limit too early',
    broken: { stores: (stores, { step, limit }) => ({ ...stores, budget: wrongBudget(limit, 'successes', step) }) },
  },
];
