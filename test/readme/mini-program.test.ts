import { readme } from '../harness/readme.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* The page code of README.md, run as it stands, with a `wx` whose login is the simulator's and whose requests are real. */

interface PageCode {
  login(): Promise<void>;
  phoneNumber(detail: object): Promise<{ readonly e164?: string; readonly remedy?: string; readonly code?: string }>;
}

interface WxRequest {
  readonly url: string;
  readonly method: string;
  readonly header: Record<string, string>;
  readonly data: object;
  readonly success: (answer: { data: unknown }) => void;
  readonly fail: (error: unknown) => void;
}

let running: RunningGateway;
let page: PageCode;
/** What the page did, in order. */
let calls: string[];
/** How many of the next requests the network loses. */
let lost: number;

const tap = () => running.simulator.world.tap(running.app.appId, 'alice');
const OPENS = { e164: '+8613548535449' };

beforeEach(async () => {
  running = await runGateway();
  calls = [];
  lost = 0;
  const [block = ''] = readme.section('In a Mini Program').blocks('js');
  const source = block.replaceAll('http://127.0.0.1:4000', running.gateway.url);
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is the example
  new Function('wx', 'module', source)({ login: wxLogin, request: wxRequest }, module);
  page = module.exports as PageCode;
});
afterEach(() => running.gateway.stop());

async function wxLogin(): Promise<{ code: string }> {
  calls.push('wx.login');
  return { code: running.simulator.world.login(running.app.appId, 'alice') };
}

/** wx.request: JSON both ways. */
function wxRequest({ url, method, header, data, success, fail }: WxRequest): void {
  calls.push(/\b(login|decryptPhone)\(/.exec(JSON.stringify(data))?.[1] ?? '');
  if (lost > 0) {
    lost -= 1;
    fail({ errMsg: 'request:fail' });
    return;
  }
  fetch(url, { method, headers: { 'content-type': 'application/json', ...header }, body: JSON.stringify(data) })
    .then(async (response) => success({ data: await response.json() }))
    .catch(fail);
}

test('one login at app start and one request for the number', async () => {
  void page.login();
  expect(await page.phoneNumber(tap())).toMatchObject(OPENS);
  expect(calls).toEqual(['wx.login', 'login', 'decryptPhone']);
});

test('a login on another device between the tap and the request does no harm', async () => {
  await page.login();
  const detail = tap();
  await running.loggedIn('alice');
  expect(await page.phoneNumber(detail)).toMatchObject(OPENS);
  expect(calls).toEqual(['wx.login', 'login', 'decryptPhone']);
});

test('an expired session: it logs in and sends the same data again', async () => {
  await page.login();
  running.clock.advanceSeconds(7200);
  expect(await page.phoneNumber(tap())).toMatchObject(OPENS);
  expect(calls).toEqual(['wx.login', 'login', 'decryptPhone', 'wx.login', 'login', 'decryptPhone']);
});

test('the network lost the login at app start: the code of then is sent, and the data of a tap made since opens', async () => {
  lost = 1;
  await page.login();
  expect(await page.phoneNumber(tap())).toMatchObject(OPENS);
  expect(calls).toEqual(['wx.login', 'login', 'decryptPhone', 'login', 'decryptPhone']);
});

test('data that nothing opens is sent twice, and then the answer is for the page to deal with', async () => {
  await page.login();
  const forged = { ...tap(), iv: Buffer.alloc(16).toString('base64') };
  expect(await page.phoneNumber(forged)).toMatchObject({ code: 'KEY_MISMATCH', remedy: 'LOGIN_AND_RESEND' });
  expect(calls.filter((call) => call === 'decryptPhone')).toHaveLength(2);
});

test('a remedy other than LOGIN_AND_RESEND is the page’s own business, and costs no login', async () => {
  await page.login();
  const old = running.simulator.world.tap(running.app.appId, 'alice', { watermark: { timestamp: 1_477_314_187 } });
  expect(await page.phoneNumber(old)).toMatchObject({ code: 'TOO_OLD', remedy: 'TAP_AGAIN' });
  expect(calls).toEqual(['wx.login', 'login', 'decryptPhone']);
});

test('an error outside the unions is a rejected promise', async () => {
  await page.login();
  await expect(page.phoneNumber({ encryptedData: 'AAAA', iv: 'AAAA' })).rejects.toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
});
