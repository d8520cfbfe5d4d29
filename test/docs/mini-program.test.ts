import { page as documentAt } from '../harness/documents.js';
import { publishedClient, runModule } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/* The page of docs/mini-program.md, run as it stands with the client that `npm run build` made. */

const [block = ''] = documentAt('docs/mini-program.md').blocks('js');

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
