import type { JournalEntry } from '../../src/simulator/journal.js';
import { Simulator } from '../../src/simulator/simulator.js';
import {
  CHECK_SESSION_KEY,
  CODE_2_SESSION,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
  STABLE_TOKEN,
} from '../../src/simulator/weixin-routes.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID } from '../harness/people.js';
import { app, APP_SECRET } from '../harness/weixin-client.js';

let simulator: Simulator;
let origin: string;
beforeEach(async () => {
  simulator = new Simulator({ apps: [app], clock: new ManualClock(), keyPeriod: 0 });
  origin = await simulator.listen(0);
});
afterEach(() => simulator.close());

async function post(path: string, body: object): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, string>;
}

async function get(path: string, query: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(`${origin}${path}?${new URLSearchParams(query).toString()}`);
  const text = await response.text();
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

async function journal(user: string, since = 0): Promise<readonly JournalEntry[]> {
  const { events } = await get('/journal', { user, since: String(since) });
  return events as readonly JournalEntry[];
}

/** `what outcome #key` of each event. */
async function told(user: string): Promise<string[]> {
  return (await journal(user)).map(({ what, outcome, key }) =>
    [what, outcome, ...(key === undefined ? [] : [`#${key}`])].join(' '),
  );
}

const wxLogin = (user: string, device = 'phone') => post('/phone/login', { user, device });
const code2Session = (code = '') =>
  get(CODE_2_SESSION, { appid: APP_ID, secret: APP_SECRET, js_code: code, grant_type: 'authorization_code' });
const accessToken = async () => {
  const body = { grant_type: 'client_credential', appid: APP_ID, secret: APP_SECRET };
  return (await post(STABLE_TOKEN, body))['access_token'] ?? '';
};

describe('the journal', () => {
  test('tells in order what happened to a user, and which of their keys it was about', async () => {
    const first = await wxLogin('alice');
    const second = await wxLogin('alice');
    await code2Session(first['code']);
    await post('/phone/tap', { user: 'alice' });
    await code2Session(second['code']);
    await code2Session(second['code']);
    expect(await told('alice')).toEqual([
      'wx.login 0 #2',
      'wx.login 0 #3',
      `${CODE_2_SESSION} 0 #2`,
      'tap 0 #3',
      `${CODE_2_SESSION} 0 #3`,
      `${CODE_2_SESSION} 40163`,
    ]);
  });

  test('tells the calls with an access token to the user whom they are about, and those for a token to everybody', async () => {
    const token = await accessToken();
    const { openid } = (await code2Session((await wxLogin('alice'))['code'])) as { openid: string };
    const { code, cloudID } = await post('/phone/tap', { user: 'alice' });
    await post(`${GET_USER_PHONE_NUMBER}?access_token=${token}`, { code });
    await post(`${GET_OPEN_DATA}?access_token=${token}&openid=${openid}`, { cloudid_list: [cloudID] });
    await get(CHECK_SESSION_KEY, { access_token: token, openid, signature: 'wrong', sig_method: 'hmac_sha256' });
    expect((await told('alice')).slice(-3)).toEqual([
      `${GET_USER_PHONE_NUMBER} 0`,
      `${GET_OPEN_DATA} 0`,
      `${CHECK_SESSION_KEY} 87009`,
    ]);
    expect(await told('bob')).toEqual([`${STABLE_TOKEN} 0`]);
  });

  test.each([
    [{ errcode: -1 }, '-1'],
    [{ status: 502 }, 'status 502'],
    [{ body: 'garbage' }, 'body'],
    [{ delayMs: 1 }, '0 #2'],
  ])('tells a fault for what it is: %j', async (fault, outcome) => {
    await post('/faults', { endpoint: CODE_2_SESSION, faults: [fault] });
    const { code } = await wxLogin('alice');
    await fetch(
      `${origin}${CODE_2_SESSION}?${new URLSearchParams({ appid: APP_ID, secret: APP_SECRET, js_code: code ?? '', grant_type: 'authorization_code' }).toString()}`,
    );
    expect((await told('alice')).at(-1)).toBe(`${CODE_2_SESSION} ${outcome}`);
  });

  test('goes on where a reader left off', async () => {
    await wxLogin('alice');
    const [{ seq } = { seq: 0 }] = await journal('alice');
    expect(await journal('alice', seq)).toEqual([]);
    await wxLogin('alice');
    expect(await journal('alice', seq)).toMatchObject([{ what: 'wx.login', key: 3 }]);
  });

  test('holds no session key, token, code or number', async () => {
    const token = await accessToken();
    const { code } = await wxLogin('alice');
    await code2Session(code);
    const tap = await post('/phone/tap', { user: 'alice', document: { purePhoneNumber: '13580006666' } });
    await post(`${GET_USER_PHONE_NUMBER}?access_token=${token}`, { code: tap['code'] });
    const text = JSON.stringify(await journal('alice'));
    const secrets = [token, code, tap['code'], tap['encryptedData'], '13580006666', APP_SECRET];
    for (const secret of [...secrets, simulator.world.sessionKey(APP_ID, 'alice')]) expect(text).not.toContain(secret);
  });

  test('forgets the oldest of more than a thousand events', async () => {
    simulator.world.login(APP_ID, 'bob');
    for (let i = 0; i < 1000; i++) simulator.world.login(APP_ID, 'alice');
    expect(await journal('alice')).toHaveLength(1000);
    expect(await journal('bob')).toEqual([]);
  });
});

describe('wx.checkSession', () => {
  const check = async (device: string) => (await post('/phone/check-session', { user: 'alice', device }))['errMsg'];

  test('tests the key of the last code obtained on this device, whoever else has logged in since', async () => {
    await wxLogin('alice', 'phone');
    expect(await check('phone')).toBe('checkSession:ok');
    await wxLogin('alice', 'tablet');
    expect(await check('phone')).toMatch(/^checkSession:fail/);
    expect(await check('tablet')).toBe('checkSession:ok');
    await wxLogin('alice', 'phone');
    expect(await check('phone')).toBe('checkSession:ok');
  });

  test('fails on a device that has never logged in', async () => {
    expect(await check('phone')).toMatch(/^checkSession:fail/);
  });
});

test("a tap's code that another server has exchanged is refused", async () => {
  const token = await accessToken();
  const { code } = await post('/phone/tap', { user: 'alice' });
  await post('/spent', { code: code ?? '' });
  expect(await post(`${GET_USER_PHONE_NUMBER}?access_token=${token}`, { code })).toMatchObject({ errcode: 40029 });
});
