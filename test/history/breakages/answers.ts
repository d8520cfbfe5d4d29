import type { Session } from '../../../src/domain/session.js';
import type { Told } from '../history.js';
import { type TakenOut, withSessions } from './taken-out.js';

export const wrongAnswers: readonly TakenOut[] = [
  {
    what: 'a token that gives the newest session of all',
    rule: 'own answer',
    broken: {
      stores(stores) {
        let newest: Session | undefined;
        return withSessions(stores, {
          async create(...args) {
            const created = await stores.sessions.create(...args);
            newest = created.session;
            return created;
          },
          find: async (token) => (await stores.sessions.find(token)) && newest,
        });
      },
    },
  },
  {
    what: 'one key ring for all users',
    rule: 'own answer',
    broken: {
      stores(stores) {
        const users = new Map<string, Session>();
        const sessions = withSessions(stores, {
          async create(...args) {
            const created = await stores.sessions.create(...args);
            users.set(created.session.openId, created.session);
            return created;
          },
        });
        const rings = {
          find: async () => (await Promise.all([...users.values()].map((user) => stores.rings.find(user)))).flat(),
        };
        return { ...sessions, rings };
      },
    },
  },
  {
    what: 'a number that is kept under its code alone',
    rule: 'own answer',
    broken: {
      door(door) {
        const kept = new Map<string, Told>();
        return {
          name: door.name,
          login: (code, nonce) => door.login(code, nonce),
          session: (token) => door.session(token),
          decrypt: (token, data) => door.decrypt(token, data),
          logout: (token, everywhere) => door.logout(token, everywhere),
          async exchange(token, code) {
            const told = kept.get(code) ?? (await door.exchange(token, code));
            if (told.told === 'number') kept.set(code, told);
            return told;
          },
        };
      },
    },
  },
  {
    what: 'a ring that lacks its newest key',
    rule: 'newest key',
    broken: {
      stores: (stores) => ({ ...stores, rings: { find: async (user) => (await stores.rings.find(user)).slice(1) } }),
    },
  },
];
