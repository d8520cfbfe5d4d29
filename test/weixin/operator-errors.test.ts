import { OPERATOR_ERRCODES } from '../../src/weixin/endpoints/operator-errcodes.js';
import { user } from '../harness/people.js';
import { sessionKey } from '../harness/people.js';
import { APP_ID } from '../harness/people.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { weixinClient } from '../harness/weixin-client.js';

const UNKNOWN = 99_999;
const { openId } = user('alice');

let counted: [endpoint: string, errcode: number][];
let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  counted = [];
  server = await startScriptedServer();
  client = weixinClient(server.origin, { metrics: { weixinOperatorError: (...error) => counted.push(error) } });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

const calls: Record<string, () => Promise<unknown>> = {
  '/sns/jscode2session': () => client.exchange(),
  '/wxa/business/getuserphonenumber': () => client.api.exchangePhoneCode(APP_ID, 'c', openId, client.inTime()),
  '/wxa/getopendata': () => client.api.openCloudId(APP_ID, 'c', openId, client.inTime()),
  '/wxa/checksession': () => client.api.isSessionKeyCurrent(APP_ID, openId, sessionKey('a'), client.inTime()),
  '/wxa/business/checkencryptedmsg': () => client.api.hasIssued(APP_ID, Buffer.alloc(112), client.inTime()),
};

/** The endpoint answers with this errcode, and every other one as it should. */
function scripted(endpoint: string, errcode: unknown): void {
  server.answer = (response, { url }) => {
    const isIt = url?.startsWith(endpoint) === true;
    response.end(JSON.stringify(isIt ? { errcode } : { access_token: 'a-token', expires_in: 7200 }));
  };
}

describe.each(Object.entries(calls))('%s', (endpoint, call) => {
  test.each([48001, 50002, 85107, 61003, 43002, UNKNOWN, '48001'])(
    'errcode %p is thrown for the operator, counted, and asked for once',
    async (errcode) => {
      scripted(endpoint, errcode);
      await expect(call()).rejects.toMatchObject({
        name: 'WeixinRefusesUs',
        endpoint,
        appId: APP_ID,
        errcode: Number(errcode),
      });
      expect(counted).toEqual([[endpoint, Number(errcode)]]);
      expect(server.requests.filter((request) => request.includes(endpoint))).toHaveLength(1);
    },
  );
});

test.each([40001, 40013, 40125, 89503, 89506, 89507, UNKNOWN])(
  'errcode %i of the token endpoint is thrown for each request that needs a token, and none is made without one',
  async (errcode) => {
    scripted('/cgi-bin/stable_token', errcode);
    const [, ...needToken] = Object.values(calls);
    for (const call of needToken) await expect(call()).rejects.toMatchObject({ name: 'WeixinRefusesUs', errcode });
    expect(server.requests.every((request) => request.includes('/cgi-bin/stable_token'))).toBe(true);
  },
);

test('the message says what the errcode means and what to do; 40001 of the token endpoint speaks of the secret', async () => {
  scripted('/cgi-bin/stable_token', 40001);
  await expect(calls['/wxa/getopendata']?.()).rejects.toThrow('the app secret is wrong');
  scripted('/sns/jscode2session', 40164);
  await expect(client.exchange()).rejects.toThrow('allow list');
  scripted('/sns/jscode2session', UNKNOWN);
  await expect(client.exchange()).rejects.toThrow('not known here');
});

test.each([
  ['invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist, rid: 1-2', 40164, ' Weixin saw 203.0.113.7.'],
  ['invalid ip 2001:db8::7, not in whitelist', 89503, ' Weixin saw 2001:db8::7.'],
  ['invalid ip 203.0.113.7.example, not in whitelist', 40164, ''],
  ['not in whitelist', 40164, ''],
  [{ ip: '203.0.113.7' }, 40164, ''],
  ['the secret of 203.0.113.7 is wrong', 40125, ''],
])('the address of ours that %j tells with errcode %i: "%s"', async (errmsg, errcode, tells) => {
  server.answer = (response) => response.end(JSON.stringify({ errcode, errmsg }));
  const ending = new RegExp(`(?<!Weixin saw.*)\\.${tells.replaceAll('.', '\\.')}$`);
  await expect(client.exchange()).rejects.toThrow(ending);
});

test('each errcode has one meaning at an endpoint', () => {
  const keys = OPERATOR_ERRCODES.map(({ errcode, endpoint }) => `${errcode} ${endpoint ?? ''}`);
  expect(new Set(keys).size).toBe(keys.length);
});
