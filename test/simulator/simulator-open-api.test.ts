import { createHash, createHmac } from 'node:crypto';
import type { AppId, AppWithSecret } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import { Simulator } from '../../src/simulator/simulator.js';
import {
  CHECK_ENCRYPTED_DATA,
  CHECK_SESSION_KEY,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
  RESET_SESSION_KEY,
  STABLE_TOKEN,
} from '../../src/simulator/weixin-routes.js';
import { ManualClock } from '../harness/manual-clock.js';

/* The simulator keeps the rules of the endpoints that want an access token. Asked with fetch, as anybody might. */
const app: AppWithSecret = { appId: 'wx4f4bc4dec97d474b' as AppId, secret: new Secret('secret-1') };
const other: AppWithSecret = { appId: 'wx0000000000000000' as AppId, secret: new Secret('secret-2') };

let clock: ManualClock;
let simulator: Simulator;
let origin: string;

beforeEach(async () => {
  clock = new ManualClock();
  simulator = new Simulator({ apps: [app, other], clock, keyPeriod: 0 });
  origin = await simulator.listen(0);
});
afterEach(() => simulator.close());

type Answer = Record<string, unknown>;

async function ask(path: string, query: Record<string, string>, body?: object): Promise<Answer> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${origin}${path}?${String(new URLSearchParams(query))}`, body && post);
  return (await response.json()) as Answer;
}

function issue({ appId, secret }: AppWithSecret, force = false): Promise<Answer> {
  const body = { grant_type: 'client_credential', appid: appId, secret: secret.reveal(), force_refresh: force };
  return ask(STABLE_TOKEN, {}, body);
}

const tokenOf = async (of: AppWithSecret) => (await issue(of))['access_token'] as string;
const tap = () => simulator.world.tap(app.appId, 'alice');
const openidOf = (user: string): string => {
  const answer = simulator.world.code2Session(app.appId, 'secret-1', simulator.world.login(app.appId, user));
  return 'openid' in answer ? answer.openid : '';
};

describe('stable_token', () => {
  test('gives the same token until its last five minutes, and then a new one while both work', async () => {
    const first = await issue(app);
    expect(first).toMatchObject({ expires_in: 7200 });
    clock.advanceSeconds(6899);
    expect(await issue(app)).toMatchObject({ access_token: first['access_token'], expires_in: 301 });
    clock.advanceSeconds(1);
    const second = await issue(app);
    expect(second['access_token']).not.toBe(first['access_token']);
    for (const { access_token: token } of [first, second]) {
      expect(simulator.world.tokens.appOf(token as string)).toBe(app.appId);
    }
  });

  test('a forced token ends the others, but for 30 s the forced one stays, and there are twenty a day', async () => {
    const first = await tokenOf(app);
    const forced = await issue(app, true);
    expect(simulator.world.tokens.appOf(first)).toMatchObject({ errcode: 40001 });
    expect(await issue(app, true)).toMatchObject({ access_token: forced['access_token'] });
    for (let i = 1; i < 20; i += 1) {
      clock.advanceSeconds(30);
      await issue(app, true);
    }
    clock.advanceSeconds(30);
    expect(await issue(app, true)).toMatchObject({ errcode: 45009 });
  });

  test.each([
    { what: 'a wrong secret', of: { ...app, secret: other.secret }, errcode: 40001 },
    { what: 'an unknown app', of: { ...app, appId: 'wx1111111111111111' as AppId }, errcode: 40013 },
  ])('refuses $what with $errcode', async ({ of, errcode }) => {
    expect(await issue(of)).toMatchObject({ errcode });
  });
});

test.each([
  ['no token', async () => '', 41001],
  ['what is no token', async () => 'x', 40001],
  [
    'a token that has ended',
    async () => {
      const token = await tokenOf(app);
      clock.advanceSeconds(7200);
      return token;
    },
    42001,
  ],
])('%s is refused everywhere', async (_, token, errcode) => {
  const query = { access_token: await token() };
  for (const path of [GET_USER_PHONE_NUMBER, GET_OPEN_DATA, CHECK_ENCRYPTED_DATA]) {
    expect(await ask(path, query, {})).toMatchObject({ errcode });
  }
  for (const path of [CHECK_SESSION_KEY, RESET_SESSION_KEY]) expect(await ask(path, query)).toMatchObject({ errcode });
});

describe('a phone code', () => {
  const exchange = async (of: AppWithSecret, body: object) =>
    ask(GET_USER_PHONE_NUMBER, { access_token: await tokenOf(of) }, body);

  test('works once', async () => {
    const { code } = tap();
    expect(await exchange(app, { code })).toMatchObject({ errcode: 0, phone_info: { countryCode: '86' } });
    expect(await exchange(app, { code })).toMatchObject({ errcode: 40029 });
  });

  test('works for the openid that tapped, and another one does not spend it', async () => {
    const { code } = tap();
    expect(await exchange(app, { code, openid: openidOf('mallory') })).toMatchObject({ errcode: 40029 });
    expect(await exchange(app, { code, openid: openidOf('alice') })).toMatchObject({ errcode: 0 });
  });

  test('does not work for another app, after five minutes, or without text', async () => {
    const { code } = tap();
    expect(await exchange(other, { code })).toMatchObject({ errcode: 40029 });
    clock.advanceSeconds(300);
    expect(await exchange(app, { code })).toMatchObject({ errcode: 40029 });
    expect(await exchange(app, { code: 7 })).toMatchObject({ errcode: 47001 });
  });
});

describe('a cloudID', () => {
  const open = async (of: AppWithSecret, openid: string, cloudId: unknown) =>
    ask(GET_OPEN_DATA, { access_token: await tokenOf(of), openid }, { cloudid_list: [cloudId] });

  test('opens for the openid that tapped, as JSON in a text', async () => {
    const { cloudID } = tap();
    const answer = await open(app, openidOf('alice'), cloudID);
    const [item] = answer['data_list'] as { cloud_id: string; json: string }[];
    expect(item?.cloud_id).toBe(cloudID);
    expect(JSON.parse(item?.json ?? '')).toMatchObject({ cloudID, data: { countryCode: '86' } });
  });

  test('does not open for another openid, for another app, when unknown, or after five minutes', async () => {
    const { cloudID } = tap();
    const inside = async (...of: Parameters<typeof open>) => {
      const answer = await open(...of);
      expect(answer).toMatchObject({ errcode: 0 });
      const [item] = answer['data_list'] as { json: string }[];
      return JSON.parse(item?.json ?? '') as { errCode: number };
    };
    expect(await inside(app, openidOf('mallory'), cloudID)).toMatchObject({ errCode: -601007 });
    expect(await inside(other, openidOf('alice'), cloudID)).toMatchObject({ errCode: -601005 });
    expect(await inside(app, openidOf('alice'), '29_unknown')).toMatchObject({ errCode: -601005 });
    clock.advanceSeconds(300);
    expect(await inside(app, openidOf('alice'), cloudID)).toEqual({
      cloudID,
      errCode: -601006,
      errMsg: 'cloudID expired.',
    });
    expect(await open(app, openidOf('alice'), 7)).toMatchObject({ errcode: 40097 });
  });
});

test('checkencryptedmsg knows the data of three days, of its own app, by the hash of its text', async () => {
  const check = async (of: AppWithSecret, text: string) => {
    const hash = createHash('sha256').update(text).digest('hex');
    return ask(CHECK_ENCRYPTED_DATA, { access_token: await tokenOf(of) }, { encrypted_msg_hash: hash });
  };
  const { encryptedData } = tap();
  expect(await check(app, encryptedData)).toMatchObject({ errcode: 0, vaild: true });
  expect(await check(other, encryptedData)).toMatchObject({ errcode: 0, vaild: false });
  expect(await check(app, 'other data')).toMatchObject({ errcode: 0, vaild: false });
  clock.advanceSeconds(3 * 86_400);
  expect(await check(app, encryptedData)).toMatchObject({ errcode: 0, vaild: false });
  expect(await ask(CHECK_ENCRYPTED_DATA, { access_token: await tokenOf(app) }, {})).toMatchObject({ errcode: 40097 });
});

describe('a signature with the session key', () => {
  const signed = async (openid: string, key: string) => ({
    access_token: await tokenOf(app),
    openid,
    signature: createHmac('sha256', key).update('').digest('hex'),
    sig_method: 'hmac_sha256',
  });

  test('checks the key, and resets it: the old one dies', async () => {
    const openid = openidOf('alice');
    const key = simulator.world.sessionKey(app.appId, 'alice');
    const query = await signed(openid, key);
    expect(await ask(CHECK_SESSION_KEY, query)).toMatchObject({ errcode: 0 });
    const reset = await ask(RESET_SESSION_KEY, query);
    expect(reset).toMatchObject({ openid, session_key: simulator.world.sessionKey(app.appId, 'alice') });
    expect(reset['session_key']).not.toBe(key);
    expect(await ask(CHECK_SESSION_KEY, query)).toMatchObject({ errcode: 87009 });
  });

  test('of another key or openid is refused', async () => {
    const key = simulator.world.sessionKey(app.appId, 'alice');
    expect(await ask(CHECK_SESSION_KEY, await signed(openidOf('mallory'), key))).toMatchObject({ errcode: 87009 });
    expect(await ask(CHECK_SESSION_KEY, await signed('oUnknown', key))).toMatchObject({ errcode: 40003 });
  });
});
