import type { Session } from '../../../src/domain/session.js';
import type { NewlyCreated } from '../../../src/stores/session-store.js';
import type { Stores } from '../../../src/stores/stores.js';
import { type TakenOut, withSessions } from './taken-out.js';

/** Milliseconds. */
const TOO_LONG = 5_000;

/** A store that ends a session when it is told to, and at no other time. */
function endless(stores: Stores): Stores {
  const known = new Map<string, Session>();
  return withSessions(stores, {
    async create(...args) {
      const created = await stores.sessions.create(...args);
      known.set(created.token, created.session);
      return created;
    },
    find: async (token) => known.get(token),
    async revoke(token) {
      await stores.sessions.revoke(token);
      return known.delete(token) ? 1 : 0;
    },
    async revokeAll(user) {
      const theirs = [...known].filter(([, { openId }]) => openId === user.openId);
      for (const [token] of theirs) known.delete(token);
      await stores.sessions.revokeAll(user);
      return theirs.length;
    },
  });
}

export const wrongSessions: readonly TakenOut[] = [
  {
    what: 'a logout that ends the session five seconds later',
    rule: 'ended',
    broken: {
      stores(stores, { clock }) {
        const ending = new Map<string, number>();
        return withSessions(stores, {
          async find(token) {
            if (clock.now() > (ending.get(token) ?? Infinity)) await stores.sessions.revoke(token);
            return stores.sessions.find(token);
          },
          async revoke(token) {
            const found = await stores.sessions.find(token);
            if (found !== undefined && !ending.has(token)) ending.set(token, clock.now() + TOO_LONG);
            return found === undefined ? 0 : 1;
          },
        });
      },
    },
  },
  {
    what: 'a logout everywhere that ends only the session that asks',
    rule: 'ended',
    broken: {
      stores: (stores) =>
        withSessions(stores, {
          async revokeAll(user, last) {
            return last === undefined ? stores.sessions.revokeAll(user) : stores.sessions.revoke(last);
          },
        }),
    },
  },
  {
    what: 'a near copy that is served for five seconds',
    rule: 'ended',
    broken: {
      near(stores, { clock }) {
        const copies = new Map<string, { readonly session: Session; readonly until: number }>();
        return withSessions(stores, {
          async find(token) {
            const copy = copies.get(token);
            if (copy !== undefined && clock.now() < copy.until) return copy.session;
            const session = await stores.sessions.find(token);
            if (session !== undefined) copies.set(token, { session, until: clock.now() + TOO_LONG });
            return session;
          },
        });
      },
    },
  },
  {
    what: 'a kept answer that outlives its session',
    rule: 'ended',
    broken: {
      stores: (stores) =>
        withSessions(stores, {
          note: (created) => JSON.stringify(created),
          recall: async (note) => JSON.parse(note) as NewlyCreated,
        }),
    },
  },
  { what: 'sessions that do not expire', rule: 'ended', broken: { stores: endless } },
  { what: 'sessions without number', rule: 'per user', broken: { stores: endless } },
  {
    what: "a login that ends another user's session",
    rule: 'alive',
    broken: {
      stores(stores) {
        const created: NewlyCreated[] = [];
        return withSessions(stores, {
          async create(...args) {
            const session = await stores.sessions.create(...args);
            const other = created.find((known) => known.session.openId !== session.session.openId);
            if (other !== undefined) await stores.sessions.revoke(other.token);
            created.unshift(session);
            return session;
          },
        });
      },
    },
  },
];
