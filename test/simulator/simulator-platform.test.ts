import { createDemoApp } from '../../src/simulator/demo-app.js';
import { AUTHORIZER_TOKEN, COMPONENT_TOKEN } from '../../src/simulator/platform-routes.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { PLATFORM_APP_ID } from '../../src/simulator/third-party-platform.js';
import { COMPONENT_CODE_2_SESSION, GET_OPEN_DATA } from '../../src/simulator/weixin-routes.js';
import { ManualClock } from '../harness/manual-clock.js';

type Json = Readonly<Record<string, unknown>>;

const app = createDemoApp();
let clock: ManualClock;
let simulator: Simulator;
let url: string;
beforeEach(async () => {
  clock = new ManualClock();
  simulator = new Simulator({ apps: [app], clock, keyPeriod: 0 });
  url = await simulator.listen(0);
});
afterEach(() => simulator.close());

const get = async (path: string) => (await (await fetch(url + path)).json()) as Json;
const post = async (path: string, body: object) => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Json;
};
const tokenOf = ({ data }: Json) => (data as { token: string }).token;

async function platformLogin(change: Record<string, string> = {}): Promise<Json> {
  const query = new URLSearchParams({
    appid: app.appId,
    js_code: simulator.world.login(app.appId, 'alice'),
    grant_type: 'authorization_code',
    component_appid: PLATFORM_APP_ID,
    component_access_token: tokenOf(await get(COMPONENT_TOKEN)),
    ...change,
  });
  return get(`${COMPONENT_CODE_2_SESSION}?${query.toString()}`);
}

test('a platform logs users of its Mini Programs in without their secrets', async () => {
  expect(await platformLogin()).toMatchObject({ openid: expect.any(String) as string });
});

test.each([
  [{ component_access_token: 'unknown' }, 40001],
  [{ component_access_token: '' }, 41001],
  [{ component_appid: 'wx0000000000000001' }, 40001],
  [{ js_code: 'unknown' }, 40029],
  [{ js_code: '' }, 41008],
  [{ appid: '' }, 41002],
])('it refuses %j with errcode %i', async (change, errcode) => {
  expect(await platformLogin(change)).toMatchObject({ errcode });
});

test('a Mini Program’s own token is no component token', async () => {
  const token = tokenOf(await get(`${AUTHORIZER_TOKEN}?appid=${app.appId}`));
  expect(await platformLogin({ component_access_token: token })).toMatchObject({ errcode: 40001 });
});

test('a Mini Program whose owner ended the authorization gets 61003, and no token', async () => {
  await post('/platform/authorize', { app: app.appId, authorized: false });
  expect(await platformLogin()).toMatchObject({ errcode: 61003 });
  expect(await get(`${AUTHORIZER_TOKEN}?appid=${app.appId}`)).toMatchObject({ code: -1000 });
  await post('/platform/authorize', { app: app.appId, authorized: true });
  expect(await platformLogin()).toMatchObject({ openid: expect.any(String) as string });
});

test('a token of Cloud Run works for half an hour in place of an access token', async () => {
  const { token } = await post('/cloud/token', {});
  const open = (cloudToken: string) => {
    const { cloudID } = simulator.world.tap(app.appId, 'alice');
    return post(`${GET_OPEN_DATA}?cloudbase_access_token=${cloudToken}&openid=o`, { cloudid_list: [cloudID] });
  };
  expect(await open(String(token))).toMatchObject({ errcode: 0 });
  expect(await open('unknown')).toMatchObject({ errcode: 40001 });
  clock.advanceSeconds(1_800);
  expect(await open(String(token))).toMatchObject({ errcode: 42001 });
});
