import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Instant } from '../domain/clock.js';
import { digest } from './phone-document.js';

/** Devices kept per user. */
const MAX_DEVICES = 10;

/** One of a user's session keys. */
export interface UserKey {
  readonly text: string;
  readonly bornAt: Instant;
  /** Counted from 1. */
  readonly number: number;
}

/** A user, as Weixin knows them in one Mini Program. */
export interface WeixinUser {
  readonly openid: string;
  readonly unionid: string;
  key: UserKey;
  /** Key of the last code obtained on each device, which wx.checkSession tests there. */
  readonly keyOnDevice: LRUCache<string, UserKey>;
  blocked: boolean;
  exchanges: Instant[];
}

/** Creates the user of this name. Its openid and unionid depend on the name alone; the key is new. */
export function newUser(appId: string, name: string, now: Instant): WeixinUser {
  return {
    openid: `o${digest('openid', appId, name).slice(0, 27)}`,
    unionid: `u${digest('unionid', name).slice(0, 27)}`,
    key: newKey(now, 1),
    keyOnDevice: new LRUCache({ max: MAX_DEVICES }),
    blocked: false,
    exchanges: [],
  };
}

/** Replaces the user's key; the old one is no longer valid at Weixin. */
export function renewKey(user: WeixinUser, now: Instant): void {
  user.key = newKey(now, user.key.number + 1);
}

function newKey(bornAt: Instant, number: number): UserKey {
  return { text: randomBytes(16).toString('base64'), bornAt, number };
}
