import { APP_ID, user } from '../harness/people.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { weixinClient } from '../harness/weixin-client.js';

const { openId } = user('alice');
const number = {
  phoneNumber: '13580006666',
  purePhoneNumber: '13580006666',
  countryCode: '86',
  watermark: { timestamp: 1_769_848_200, appid: APP_ID },
};

let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeAll(async () => {
  server = await startScriptedServer();
  client = weixinClient(server.origin);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

async function answered(body: object) {
  server.answer = (response, { url }) => {
    const isToken = url?.startsWith('/cgi-bin/stable_token') === true;
    response.end(JSON.stringify(isToken ? { access_token: 'a-token', expires_in: 7200 } : body));
  };
  return client.api.openCloudId(APP_ID, 'c', openId, client.inTime());
}

const list = (...items: unknown[]) => ({ errcode: 0, errmsg: 'ok', data_list: items });
const REFUSED = { ok: false, failure: { code: 'CODE_INVALID', origin: 'TAP' } };
const UNAVAILABLE = { ok: false, failure: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 } };

describe('a refusal inside the item is CODE_INVALID', () => {
  const names = ['errCode', 'errcode', 'err_code', 'ErrCode'];
  const codes = [-601005, -601006, -601007, -601009, -601999, 40029, 7, '-601006', ' -601006'];
  const refusals = names.flatMap((name) => codes.map((code) => ({ cloudID: 'c', [name]: code, errMsg: 'no' })));

  test.each(refusals)('%j, as text, as an object, and beside its json', async (refusal) => {
    expect(await answered(list({ cloud_id: 'c', json: JSON.stringify(refusal) }))).toEqual(REFUSED);
    expect(await answered(list({ cloud_id: 'c', json: refusal }))).toEqual(REFUSED);
    expect(await answered(list({ ...refusal, json: null }))).toEqual(REFUSED);
  });

  test.each<[string, object]>([
    ['an empty list', list()],
    ['no list', { errcode: 0, errmsg: 'ok' }],
    ['a list that is null', { errcode: 0, data_list: null }],
    ['an item that is null', list(null)],
    ['an item without json', list({ cloud_id: 'c' })],
    ['an item with an empty json', list({ cloud_id: 'c', json: '' })],
    ['an item with a json of null', list({ cloud_id: 'c', json: 'null' })],
    ['an item without data', list({ cloud_id: 'c', json: '{"cloudID":"c"}' })],
    ['an item whose data is null', list({ cloud_id: 'c', json: '{"cloudID":"c","data":null}' })],
    ['an item with an errCode beside its data', list({ json: { errCode: -601006, data: number } })],
    ['an item with an errCode that is a word', list({ json: { errCode: 'expired' } })],
  ])('%s', async (_, body) => {
    expect(await answered(body)).toEqual(REFUSED);
  });

  test.each([-601005, -601006, -601007, -601009, 40003, 40097])('%i for the whole answer', async (errcode) => {
    expect(await answered({ errcode, errmsg: 'no' })).toEqual(REFUSED);
  });
});

test.each<[string, unknown]>([
  ['as text', JSON.stringify({ cloudID: 'c', data: number })],
  ['as an object', { cloudID: 'c', data: number }],
  ['as text behind a byte order mark', `\ufeff${JSON.stringify({ data: number })}`],
  ['with errCode 0', { cloudID: 'c', errCode: 0, data: number }],
  ['with errCode 0 as text', { cloudID: 'c', errCode: '0', data: number }],
  ['with its data as text', { cloudID: 'c', data: JSON.stringify(number) }],
])('a number is read: %s', async (_, json) => {
  expect(await answered(list({ cloud_id: 'c', json }))).toMatchObject({ ok: true, value: { countryCode: '86' } });
});

test.each<[string, object]>([
  ['a list that is none', { errcode: 0, data_list: 'x' }],
  ['an item that is none', list('x')],
  ['json that is none', list({ json: '{' })],
  ['a number that is none', list({ json: { data: { phoneNumber: 'x' } } })],
])('an answer that cannot be read is SERVICE_UNAVAILABLE: %s', async (_, body) => {
  expect(await answered(body)).toEqual(UNAVAILABLE);
});
