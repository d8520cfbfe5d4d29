import { createDecipheriv } from 'node:crypto';
import type { AppWithSecret } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import type { EncryptedOpenData } from '../../src/simulator/open-data.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID, OTHER_APP_ID } from '../harness/people.js';
import { app, APP_SECRET } from '../harness/weixin-client.js';

const KEY_PERIOD = 10_000;
const otherApp: AppWithSecret = { appId: OTHER_APP_ID, secret: new Secret('another secret') };

let clock: ManualClock;
let simulator: Simulator;
let origin: string;
beforeEach(async () => {
  clock = new ManualClock();
  simulator = new Simulator({ apps: [app, otherApp], clock, keyPeriod: KEY_PERIOD });
  origin = await simulator.listen(0);
});
afterEach(() => simulator.close());

interface Answer {
  readonly errcode?: number;
  readonly openid?: string;
  readonly unionid?: string;
  readonly session_key?: string;
}

const login = (name = 'alice') => simulator.world.login(APP_ID, name);

/** code2Session with these parameters in the place of the right ones; undefined leaves one out. */
async function exchange(code: string, parameters: Record<string, string | undefined> = {}): Promise<Answer> {
  const right: Record<string, string | undefined> = {
    appid: APP_ID,
    secret: APP_SECRET,
    js_code: code,
    grant_type: 'authorization_code',
  };
  const given = Object.entries({ ...right, ...parameters }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const response = await fetch(`${origin}/sns/jscode2session?${new URLSearchParams(given).toString()}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  return (await response.json()) as Answer;
}

describe('code2Session', () => {
  test('tells the user and the key, and no errcode', async () => {
    expect(await exchange(login())).toEqual({
      openid: expect.stringMatching(/^[\w-]{28}$/) as string,
      unionid: expect.stringMatching(/^[\w-]{28}$/) as string,
      session_key: simulator.world.sessionKey(APP_ID, 'alice'),
    });
  });

  test('takes a code once', async () => {
    const code = login();
    await exchange(code);
    expect(await exchange(code)).toMatchObject({ errcode: 40163 });
  });

  test.each([
    { age: 299_999, answer: { openid: expect.any(String) as string } },
    { age: 300_000, answer: { errcode: 40029 } },
  ])('answers a code of $age ms with $answer', async ({ age, answer }) => {
    const code = login();
    clock.advance(age);
    expect(await exchange(code)).toMatchObject(answer);
  });

  test.each([
    ['an unknown code', 40029, { js_code: 'nobody-issued-this' }],
    ["another app's code", 40029, { appid: OTHER_APP_ID, secret: 'another secret' }],
    ['an unknown app', 40013, { appid: 'wxffffffffffffffff' }],
    ['a wrong secret', 40125, { secret: 'wrong' }],
    ["another app's secret", 40125, { secret: 'another secret' }],
    ['no appid', 41002, { appid: undefined }],
    ['no secret', 41004, { secret: undefined }],
    ['no code', 41008, { js_code: undefined }],
    ['an empty code', 41008, { js_code: '' }],
  ])('refuses %s with %i, and the code stays good', async (_, errcode, parameters) => {
    const code = login();
    expect(await exchange(code, parameters)).toMatchObject({ errcode });
    expect(await exchange(code)).toMatchObject({ openid: expect.any(String) as string });
  });

  test('refuses a blocked user with 40226, and nobody else', async () => {
    simulator.world.block(APP_ID, 'mallory');
    expect(await exchange(login('mallory'))).toMatchObject({ errcode: 40226 });
    expect(await exchange(login('alice'))).not.toHaveProperty('errcode');
  });

  test('refuses the 101st exchange of a user in a minute with 45011, and nobody else', async () => {
    for (let i = 0; i < 100; i++) expect(await exchange(login())).not.toHaveProperty('errcode');
    const code = login();
    expect(await exchange(code)).toMatchObject({ errcode: 45011 });
    expect(await exchange(login('bob'))).not.toHaveProperty('errcode');
    clock.advance(60_000);
    expect(await exchange(code)).not.toHaveProperty('errcode');
  });

  test('knows a user by one openid in each app, and by one unionid across them', async () => {
    const here = await exchange(login());
    const again = await exchange(login());
    const code = simulator.world.login(OTHER_APP_ID, 'alice');
    const there = await exchange(code, { appid: OTHER_APP_ID, secret: 'another secret' });
    expect(again.openid).toBe(here.openid);
    expect(there.openid).not.toBe(here.openid);
    expect(there.unionid).toBe(here.unionid);
  });
});

describe('a session key', () => {
  const keyNow = () => simulator.world.sessionKey(APP_ID, 'alice');

  test('is 16 bytes of Base64', () => {
    expect(Buffer.from(keyNow(), 'base64')).toHaveLength(16);
    expect(keyNow()).toHaveLength(24);
  });

  test('is replaced by wx.login where it is old enough, and not before', () => {
    login();
    const first = keyNow();
    clock.advance(KEY_PERIOD - 1);
    login();
    expect(keyNow()).toBe(first);
    clock.advance(1);
    login();
    const second = keyNow();
    expect(second).not.toBe(first);
    clock.advance(KEY_PERIOD - 1);
    login();
    expect(keyNow()).toBe(second);
  });

  test('comes with the code of the wx.login that it was current at', async () => {
    const early = login();
    const first = keyNow();
    clock.advance(KEY_PERIOD);
    const late = login();
    expect(await exchange(early)).toMatchObject({ session_key: first });
    expect(await exchange(late)).toMatchObject({ session_key: keyNow() });
  });

  test('encrypts what a tap delivers, when it is the current one', () => {
    login();
    const first = keyNow();
    clock.advance(KEY_PERIOD);
    login();
    const watermark = { timestamp: Math.floor(clock.now() / 1000), appid: APP_ID };
    const tap = simulator.world.tap(APP_ID, 'alice', { purePhoneNumber: '13580006666' });
    expect(opened(tap, keyNow())).toBe(
      JSON.stringify({ phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86', watermark }),
    );
    expect(() => JSON.parse(opened(tap, first)) as unknown).toThrow();
  });

  test('encrypts the user info, which is another document', () => {
    const userInfo = JSON.parse(opened(simulator.world.userInfo(APP_ID, 'alice', 'Alice'), keyNow())) as object;
    expect(userInfo).toMatchObject({ nickName: 'Alice', watermark: { appid: APP_ID } });
    expect(userInfo).not.toHaveProperty('phoneNumber');
  });

  test('never meets the same iv twice', () => {
    const ivs = Array.from({ length: 20 }, () => simulator.world.tap(APP_ID, 'alice').iv);
    expect(new Set(ivs).size).toBe(20);
  });
});

/** The text of a document, decrypted here and not by the gateway's code; garbage under a wrong key. */
function opened({ encryptedData, iv }: EncryptedOpenData, key: string): string {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.from(iv, 'base64'));
  const padded = decipher.setAutoPadding(false).update(Buffer.from(encryptedData, 'base64'));
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0)).toString('utf8');
}
