import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { publishedClient, runModule } from '../harness/published-client.js';
import { codeIn, readme } from '../harness/readme.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/* The page of README.md, run as it stands with the client that `npm run build` made. */

const section = readme.section('In a Mini Program');

interface Page {
  readonly data: { number: string; remedy: string };
  onShow(): void;
  onPhone(event: object): Promise<void>;
}

let running: RunningGateway;
let wx: WxStandIn;
let page: Page;

beforeEach(async () => {
  running = await runGateway();
  wx = new WxStandIn(running);
  const [block = ''] = section.blocks('js');
  const pages: Page[] = [];
  const globals = { wx, Page: (options: Page) => pages.push(options) };
  runModule(block.replaceAll('http://127.0.0.1:4000', running.gateway.url), () => publishedClient(), globals);
  page = Object.assign({ setData: (data: object) => Object.assign(page.data, data) }, pages[0]);
});
afterEach(async () => {
  await wx.idle();
  await running.gateway.stop();
});

test('the page gets the number of a tap', async () => {
  page.onShow();
  await wx.idle();
  await page.onPhone(await wx.tap());
  expect(page.data).toEqual({ number: '+8613548535449', remedy: '' });
});

test('and the remedy where there is none', async () => {
  await page.onPhone({ detail: { errMsg: 'getPhoneNumber:fail user deny' } });
  expect(page.data).toEqual({ number: '', remedy: 'TAP_AGAIN' });
});

test('the table of results has a row for the number and one for each remedy of the schema', () => {
  const rows = section.table('`__typename`', '`remedy`', 'the page');
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  const remedies = (schema.getType('Remedy') as GraphQLEnumType).getValues().map(({ name }) => name);
  expect(codeIn(rows[0]?.['`__typename`'])).toEqual(['PhoneNumber']);
  expect(rows.flatMap((row) => codeIn(row['`remedy`'])).toSorted()).toEqual(remedies.toSorted());
});

test('the table of the client’s own results has each of them, with each of its codes', () => {
  const source = readFileSync(new URL('../../src/client/results.ts', import.meta.url), 'utf8');
  const types = [...source.matchAll(/readonly __typename: '(\w+)'/g)].map(([, name]) => name ?? '');
  const codes = [...source.matchAll(/(?:readonly code: |^ {2}\| )'([A-Z_]+)'/gm)].map(([, code]) => code ?? '');
  const rows = section.table('`__typename`', '`code`', 'cause');
  const named = new Set(rows.flatMap((row) => codeIn(row['`__typename`'])));
  expect([...named, 'Prepared'].toSorted()).toEqual(types.toSorted());
  expect(rows.flatMap((row) => codeIn(row['`code`'])).toSorted()).toEqual(codes.toSorted());
});
