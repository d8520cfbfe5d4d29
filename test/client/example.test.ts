import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PACKAGE, publishedClient, runModule } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/* The example Mini Program, run with the client that `npm run build` made, its `wx` played by the simulator. */

const EXAMPLE = fileURLToPath(new URL('../../src/client/example/', import.meta.url));
const FORMAT = { getCanonicalFileName: (name: string) => name, getNewLine: () => '\n' };
const read = (path: string) => readFileSync(`${EXAMPLE}${path}`, 'utf8');
const { pages } = JSON.parse(read('app.json')) as { pages: string[] };

interface PageOptions {
  readonly data: Readonly<Record<string, unknown>>;
  readonly [handler: string]: unknown;
}
interface Page extends PageOptions {
  onShow(): void;
  onPhone(event: object): Promise<void>;
}

let running: RunningGateway;
let wx: WxStandIn;
beforeEach(async () => {
  running = await runGateway();
  wx = new WxStandIn(running);
});
afterEach(async () => {
  await wx.idle();
  await running.gateway.stop();
});

/** Starts the app and opens its page: the modules as they are, save for the gateway's address. */
function openPage(): Page {
  const apps: { onLaunch(): void }[] = [];
  const options: PageOptions[] = [];
  const globals = {
    wx,
    Page: (page: PageOptions) => options.push(page),
    App: (app: { onLaunch(): void }) => apps.push(app),
  };
  const loaded = new Map<string, unknown>();
  const load = (path: string): unknown => {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const source = read(`${path}.ts`).replaceAll('http://127.0.0.1:4000', running.gateway.url);
    const script = ts.transpile(source, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2017 });
    const require = (to: string) =>
      to === 'weixin-phone-gateway-client' ? publishedClient() : load(to.replace(/^(\.\.?\/)+/, ''));
    const module = runModule(script, require, globals);
    loaded.set(path, module);
    return module;
  };
  load('app');
  load(pages[0] ?? '');
  apps[0]?.onLaunch();
  const page = { ...options[0], setData: (data: object) => void Object.assign(page.data, data) } as unknown as Page;
  return page;
}

test('it type-checks against the built client and Weixin’s own typings', () => {
  const program = ts.createProgram({
    rootNames: ts.sys.readDirectory(EXAMPLE, ['.ts']),
    options: {
      target: ts.ScriptTarget.ES2017,
      lib: ['lib.es2017.d.ts'],
      types: ['miniprogram-api-typings'],
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: { 'weixin-phone-gateway-client': [PACKAGE] },
      strict: true,
      noImplicitReturns: true,
      noEmit: true,
    },
  });
  const problems = ts.getPreEmitDiagnostics(program);
  expect(ts.formatDiagnostics(problems, { ...FORMAT, getCurrentDirectory: () => EXAMPLE })).toBe('');
});

test('the page has every file that Weixin wants of it', () => {
  const names = readdirSync(`${EXAMPLE}pages/phone`);
  expect(pages).toEqual(['pages/phone/phone']);
  expect(names.toSorted()).toEqual(['phone.json', 'phone.ts', 'phone.wxml', 'phone.wxss']);
});

test('what the WXML binds is in the page: its handlers and its data', () => {
  const page = openPage();
  const wxml = read(`${pages[0] ?? ''}.wxml`);
  const handlers = [...wxml.matchAll(/\b(?:bind|catch)[\w:]*="(\w+)"/g)].map(([, name = '']) => name);
  const bound = [...wxml.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  expect(handlers).toEqual(['onPhone']);
  expect(handlers.map((name) => typeof page[name])).toEqual(['function']);
  expect(new Set(bound)).toEqual(new Set(Object.keys(page.data)));
  expect(wxml).toContain('open-type="getPhoneNumber"');
});

test('a tap shows the number, after one login for the start of the app and its first page', async () => {
  const page = openPage();
  page.onShow();
  await page.onPhone(await wx.tap());
  expect(page.data).toEqual({ asking: false, message: 'Your number: +8613548535449' });
  expect(wx.calls).toEqual(['wx.login', 'login', 'exchangePhoneCode']);
});

test.each([
  ['a refused tap says nothing', { errMsg: 'getPhoneNumber:fail user deny' }, ''],
  [
    'an app without permission asks for the number',
    { errMsg: 'getPhoneNumber:fail no permission' },
    'Please type your number. (NO_PERMISSION)',
  ],
  ['a code that nobody knows asks for another tap', { code: 'expired' }, 'That did not work. Please tap once more.'],
])('%s', async (_, detail, message) => {
  const page = openPage();
  await page.onPhone({ detail });
  expect(page.data).toEqual({ asking: false, message });
});
