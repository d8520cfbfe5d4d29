import type { Stores } from '../../../src/stores/stores.js';
import type { Rule } from '../checker/check.js';
import type { Breakage } from '../simulation/simulate.js';

/** A protection taken out, and the rule that must find it. */
export interface TakenOut {
  readonly what: string;
  readonly rule: Rule;
  readonly broken: Breakage;
}

/** Stores with some of their methods replaced. */
export function withSessions(stores: Stores, methods: Partial<Stores['sessions']>): Stores {
  const { sessions } = stores;
  return {
    ...stores,
    sessions: {
      create: (...args) => sessions.create(...args),
      find: (token) => sessions.find(token),
      findById: (id) => sessions.findById(id),
      note: (created) => sessions.note(created),
      recall: (note) => sessions.recall(note),
      revoke: (token) => sessions.revoke(token),
      revokeAll: (...args) => sessions.revokeAll(...args),
      ...methods,
    },
  };
}
