import { transform } from 'esbuild';
import { page as documentAt } from '../harness/documents.js';
import { taroOn, uniAppOn } from '../harness/framework-wx.js';
import { miniProgramFiles, publishedClient, runModule } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/* The page of docs/mini-program.md, run as it stands with the client that `npm run build` made. */

const miniProgram = documentAt('docs/mini-program.md');
const [block = '', taro = '', uniApp = ''] = miniProgram.blocks('js');

interface Page {
  readonly data: { number: string; remedy: string };
  onShow(): void;
  onPhone(event: object): Promise<void>;
}

let running: RunningGateway;
let wx: WxStandIn;
let page: Page;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

beforeEach(() => {
  wx = new WxStandIn(running);
  const pages: Page[] = [];
  const globals = { wx, Page: (options: Page) => pages.push(options) };
  runModule(block.replaceAll('http://127.0.0.1:4000', running.gateway.url), () => publishedClient(), globals);
  page = Object.assign({ setData: (data: object) => Object.assign(page.data, data) }, pages[0]);
});
afterEach(() => wx.idle());

test('the page gets the number of a tap', async () => {
  page.onShow();
  await wx.idle();
  await page.onPhone(await wx.tap());
  expect(page.data).toEqual({ number: '+8613548535449', remedy: '' });
});

test('and the remedy if there is none', async () => {
  await page.onPhone({ detail: { errMsg: 'getPhoneNumber:fail user deny' } });
  expect(page.data).toEqual({ number: '', remedy: 'TAP_AGAIN' });
});

/** The exports of a block, whose imports become calls of `require` for these packages. */
function exportsOf(block: string, packages: Readonly<Record<string, unknown>>, globals = {}): unknown {
  const source = block
    .replaceAll('http://127.0.0.1:4000', running.gateway.url)
    .replaceAll(/^import (.+) from ('.+');$/gm, 'const $1 = require($2);')
    .replaceAll(/^export const (\w+) =/gm, 'const $1 = exports.$1 =');
  return runModule(source, (name) => packages[name], globals);
}

test.each([
  { framework: 'Taro', exported: async () => exportsOf(taro, { '@tarojs/taro': await taroOn(wx), ...client() }) },
  { framework: 'uni-app', exported: async () => exportsOf(uniApp, client(), { uni: await uniAppOn(wx, 'Vue 3') }) },
])('$framework gets the number of a tap', async ({ exported }) => {
  const { gateway, onPhone } = (await exported()) as {
    gateway: { prepare(): Promise<unknown> };
    onPhone: (event: object) => Promise<unknown>;
  };
  await gateway.prepare();
  expect(await onPhone(await wx.tap())).toMatchObject({ e164: '+8613548535449' });
});

function client(): Readonly<Record<string, unknown>> {
  return { 'weixin-phone-gateway-client': publishedClient() };
}

test('the client has the size that the page says', async () => {
  const [, said = ''] = /about ([\d.]+) kB minified/.exec(miniProgram.text) ?? [];
  const [source = ''] = miniProgramFiles().values();
  const { code } = await transform(source, { minify: true, format: 'cjs', target: 'es2017' });
  expect(Math.abs(Buffer.byteLength(code) / 1000 - Number(said))).toBeLessThan(0.25);
});
