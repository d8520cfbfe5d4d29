import type { Wx } from '../../src/client/index.js';
import type { WxStandIn } from './wx-stand-in.js';

type Handlers = Record<'success' | 'fail', (value: never) => void>;

/** A phone's `wx` under a wrapper that drops the callbacks: its functions return promises, which reject if they fail. */
export function promiseWx(wx: WxStandIn): Wx {
  const promised =
    <T extends Handlers>(run: (options: T) => void) =>
    (options: T): Promise<unknown> =>
      new Promise((resolve, reject) => run({ ...options, success: resolve, fail: reject }));
  return {
    login: promised((options) => wx.login(options)),
    checkSession: promised((options) => wx.checkSession(options)),
    request: promised((options) => wx.request(options)),
    getStorageSync: (key) => wx.getStorageSync(key),
    setStorageSync: (key, value) => wx.setStorageSync(key, value),
  };
}
