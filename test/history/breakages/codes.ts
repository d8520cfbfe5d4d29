import type { Once } from '../../../src/stores/once.js';
import type { Stores } from '../../../src/stores/stores.js';
import type { WeixinApi } from '../../../src/weixin/weixin-api.js';
import type { Door } from '../crowd.js';
import type { TakenOut } from './taken-out.js';

function withOnce(stores: Stores, wrong: (once: Once) => Once): Stores {
  return { ...stores, once: wrong(stores.once) };
}

export const wrongCodes: readonly TakenOut[] = [
  {
    what: 'codes that are claimed by everyone who asks',
    rule: 'once at Weixin',
    broken: {
      stores(stores) {
        const settle = async () => undefined;
        return withOnce(stores, () => ({ claim: async () => ({ state: 'mine', keep: settle, release: settle }) }));
      },
    },
  },
  {
    what: 'a code that goes to Weixin again after an answer was lost',
    rule: 'once at Weixin',
    broken: {
      weixin: (weixin): WeixinApi => ({
        code2Session: async (app, code, deadline) => {
          const first = await weixin.code2Session(app, code, deadline);
          if (first.ok || first.failure.codeSpent !== 'unknown' || deadline.left === 0) return first;
          return weixin.code2Session(app, code, deadline);
        },
        exchangePhoneCode: (...args) => weixin.exchangePhoneCode(...args),
        openCloudId: (...args) => weixin.openCloudId(...args),
        isSessionKeyCurrent: (...args) => weixin.isSessionKeyCurrent(...args),
        hasIssued: (...args) => weixin.hasIssued(...args),
      }),
    },
  },
  {
    what: 'a claim that is given free while its holder works',
    rule: 'once at Weixin',
    broken: {
      stores: (stores) =>
        withOnce(stores, (once) => ({
          async claim(id) {
            const claim = await once.claim(id);
            if (claim.state === 'mine') await claim.release(JSON.stringify({ sealed: '' }));
            return claim;
          },
        })),
    },
  },
  {
    what: 'a store that keeps no answers',
    rule: 'replay',
    broken: {
      stores: (stores) =>
        withOnce(stores, (once) => ({
          async claim(id) {
            const claim = await once.claim(id);
            if (claim.state !== 'mine') return claim;
            return { ...claim, keep: (answer, _answerFor, usedFor) => claim.keep(answer, 0, usedFor) };
          },
        })),
    },
  },
  {
    what: 'an answer that is kept for every nonce',
    rule: 'replay',
    broken: {
      door: (door: Door): Door => ({
        name: door.name,
        login: (code) => door.login(code, null),
        session: (token) => door.session(token),
        decrypt: (token, data) => door.decrypt(token, data),
        exchange: (token, code) => door.exchange(token, code),
        logout: (token, everywhere) => door.logout(token, everywhere),
      }),
    },
  },
];
