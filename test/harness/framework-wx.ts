import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Wx } from '../../src/client/index.js';
import { runModule } from './published-client.js';
import type { WxStandIn } from './wx-stand-in.js';

/* The objects that Taro and uni-app have in place of `wx`: their packages, bundled and run as on a phone. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** An interceptor of Taro: gets a request, and hands it on with `proceed`. */
type TaroInterceptor = (chain: { requestParams: object; proceed(request: object): Promise<unknown> }) => unknown;

export interface Taro extends Wx {
  addInterceptor(interceptor: TaroInterceptor): void;
}

export interface UniApp extends Wx {
  /** For every function. */
  addInterceptor(interceptor: { invoke(options: object): unknown }): void;
}

/** @tarojs/taro is these two packages, and @tarojs/plugin-platform-weapp joins them like this. */
const TARO = `
  import Taro from '@tarojs/api';
  import { processApis } from '@tarojs/shared';
  processApis(Taro, wx, { transformMeta: (key, options) => ({ key, options }) });
  module.exports = Taro;
`;

const UNI_APP = {
  'Vue 2': `import uni from '@dcloudio/uni-mp-weixin/dist/index.js'; module.exports = uni;`,
  'Vue 3': `import uni from '@dcloudio/uni-mp-weixin/dist/uni.api.esm.js'; module.exports = uni;`,
};

export type VueVersion = keyof typeof UNI_APP;

/** Switches that Taro's compiler sets, and the variables of its environment. */
const TARO_SWITCHES = Object.fromEntries(
  ['MUTATION_OBSERVER', 'INNER_HTML', 'ADJACENT_HTML', 'CLONE_NODE', 'CONTAINS', 'SIZE_APIS', 'TEMPLATE_CONTENT'].map(
    (name) => [`ENABLE_${name}`, 'false'],
  ),
);

/** `Taro` on a phone with this `wx`. */
export async function taroOn(wx: WxStandIn): Promise<Taro> {
  return runModule(await bundled(TARO, TARO_SWITCHES), notBundled, {
    wx: globalWx(wx),
    getCurrentPages: () => [],
    getApp: () => ({}),
  }) as Taro;
}

/** `uni` on a phone with this `wx`. */
export async function uniAppOn(wx: WxStandIn, vue: VueVersion): Promise<UniApp> {
  const source = await bundled(UNI_APP[vue], { __UNI_PROMISE_API__: 'false' });
  // Both are replaced by uni-app's own when it loads.
  const pages = { Page: () => undefined, Component: () => undefined };
  return runModule(source, notBundled, { wx: globalWx(wx), ...pages }) as UniApp;
}

async function bundled(contents: string, define: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    write: false,
    external: ['vue'],
    define: { ...define, 'process.env': '{}', 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

/** Vue, which uni-app needs to make a page, and no function of `wx` does. */
function notBundled(): object {
  return {};
}

/** The global `wx`: its functions are its own members, and wx.request returns a task. */
function globalWx(wx: WxStandIn): object {
  const globals: Wx = {
    login: (options) => wx.login(options),
    checkSession: (options) => wx.checkSession(options),
    request: (options) => {
      wx.request(options);
      return { abort: () => undefined };
    },
    getStorageSync: (key) => wx.getStorageSync(key),
    setStorageSync: (key, value) => wx.setStorageSync(key, value),
  };
  return { ...globals, canIUse: () => true };
}
