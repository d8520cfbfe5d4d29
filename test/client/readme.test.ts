import { codeIn, page } from '../harness/documents.js';
import { manifest, publishedClient, runModule } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/* The README of the client's package. test/docs/commands.test.ts runs its commands. */

const readme = page('src/client/README.md');
const [block = ''] = readme.blocks('js');

let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

interface MiniProgramPage {
  readonly data: Record<string, string>;
  setData(data: object): void;
  onShow(): void;
  onPhone(event: object): Promise<void>;
}

test('its page gets the number of a tap, and the remedy of a refusal', async () => {
  const wx = new WxStandIn(running);
  const data = {};
  let shown: MiniProgramPage | undefined;
  const Page = (options: MiniProgramPage) =>
    (shown = { ...options, data, setData: (more) => Object.assign(data, more) });
  runModule(block.replaceAll('http://127.0.0.1:4000', running.gateway.url), () => publishedClient(), { wx, Page });
  shown?.onShow();
  await wx.idle();
  await shown?.onPhone(await wx.tap());
  await shown?.onPhone({ detail: { errMsg: 'getPhoneNumber:fail user deny' } });
  expect(data).toEqual({ number: '+8613548535449', remedy: 'TAP_AGAIN' });
});

test('it names every export of the package', () => {
  const [[, ...rows] = []] = readme.section('What is in it').tables();
  const named = rows.flatMap(([name = '']) => codeIn(name)).map((path) => `.${path}`);
  expect(['.', ...named, './package.json'].toSorted()).toEqual(Object.keys(manifest.exports).toSorted());
});
