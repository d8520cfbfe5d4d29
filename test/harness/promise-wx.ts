import type { Wx } from '../../src/client/index.js';
import type { WxStandIn } from './wx-stand-in.js';

/** What Taro, uni-app and their like make of Weixin's functions. */
export type PromiseStyle =
  /** Taro: the callbacks are called, and the promise that is returned settles as well. */
  | 'as well'
  /** uni-app without callbacks, and wrappers that drop them: nothing but the promise. */
  | 'instead';

type Handlers = Record<'success' | 'fail', (value: never) => void>;

/** A phone's `wx` whose functions return promises, which reject if the function fails. */
export function promiseWx(wx: WxStandIn, style: PromiseStyle): Wx {
  const promised =
    <T extends Handlers>(run: (options: T) => void) =>
    (options: T): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const hand = (name: keyof Handlers, settle: (value: unknown) => void) => (value: never) => {
          if (style === 'as well') options[name](value);
          settle(value);
        };
        run({ ...options, success: hand('success', resolve), fail: hand('fail', reject) });
      });
  return {
    login: promised((options) => wx.login(options)),
    checkSession: promised((options) => wx.checkSession(options)),
    request: promised((options) => wx.request(options)),
    getStorageSync: (key) => wx.getStorageSync(key),
    setStorageSync: (key, value) => wx.setStorageSync(key, value),
  };
}
