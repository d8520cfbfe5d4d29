import { APP_ID, sessionKey, user } from '../harness/people.js';
import { type Answer, type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { weixinClient } from '../harness/weixin-client.js';

/** More than open a breaker. */
const BAD_INPUTS = 25;
const { openId } = user('alice');
const number = {
  phoneNumber: '13580006666',
  purePhoneNumber: '13580006666',
  countryCode: '86',
  watermark: { timestamp: 1_769_848_200, appid: APP_ID },
};

let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  server = await startScriptedServer();
  client = weixinClient(server.origin);
});
afterEach(async () => {
  await client.close();
  await server.close();
});

const says =
  (body: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

/** What anything between the gateway and Weixin may answer to something that it dislikes in one request. */
const fromTheWay: [string, Answer][] = [
  ['a 400', says('bad request', 400)],
  ['a 403 with a page', says('<html>blocked</html>', 403)],
  ['a 413', says('', 413)],
  ['a 429', says('', 429)],
  ['a 200 with a page', says('<html>blocked</html>')],
  ['a 200 with nothing', says('')],
];
const item = (inside: object) => ({ errcode: 0, data_list: [{ cloud_id: 'c', ...inside }] });

const endpoints: [
  path: string,
  good: object,
  bad: [string, Answer][],
  call: () => Promise<{ readonly ok: boolean }>,
][] = [
  [
    '/sns/jscode2session',
    { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' },
    [
      ['an invalid code', says({ errcode: 40029 })],
      ['a used code', says({ errcode: 40163 })],
      ['a blocked user', says({ errcode: 40226 })],
      ['a quota of one user', says({ errcode: 45011 })],
      ['an errcode that nobody knows', says({ errcode: 99999 })],
      ['nothing in it', says({ errcode: 0 })],
    ],
    () => client.exchange(),
  ],
  [
    '/wxa/business/getuserphonenumber',
    { errcode: 0, phone_info: number },
    [
      ['an invalid code', says({ errcode: 40029 })],
      ["another user's code", says({ errcode: 40003 })],
      ['no permission', says({ errcode: 48001 })],
      ['numbers that contradict each other', says({ errcode: 0, phone_info: { ...number, phoneNumber: '1234567' } })],
      ['nothing in it', says({ errcode: 0 })],
    ],
    () => client.api.exchangePhoneCode(APP_ID, 'c', openId, client.inTime()),
  ],
  [
    '/wxa/getopendata',
    item({ json: JSON.stringify({ cloudID: 'c', data: number }) }),
    [
      ['an expired cloudID inside', says(item({ json: '{"errCode":-601006}' }))],
      ['an invalid cloudID', says({ errcode: 40097 })],
      ['no item', says({ errcode: 0, data_list: [] })],
      ['an item that cannot be read', says(item({ json: '{' }))],
      ['a number that cannot be read', says(item({ json: { data: { phoneNumber: 'x' } } }))],
    ],
    () => client.api.openCloudId(APP_ID, 'c', openId, client.inTime()),
  ],
  [
    '/wxa/checksession',
    { errcode: 0 },
    [
      ["a key that is not the user's", says({ errcode: 87009 })],
      ['an unknown openid', says({ errcode: 40003 })],
      ['no errcode', says({})],
    ],
    () => client.api.isSessionKeyCurrent(APP_ID, openId, sessionKey('a'), client.inTime()),
  ],
  [
    '/wxa/business/checkencryptedmsg',
    { errcode: 0, vaild: true },
    [
      ['data that Weixin does not know', says({ errcode: 1 })],
      ['a parameter that is wrong', says({ errcode: 40097 })],
      ['neither true nor false', says({ errcode: 0, vaild: 'maybe' })],
    ],
    () => client.api.hasIssued(APP_ID, Buffer.alloc(112), client.inTime()),
  ],
];

describe.each(endpoints)('%s', (path, good, bad, call) => {
  const answering = (answer: Answer): Answer => {
    return (response, request) => {
      const isToken = request.url?.startsWith('/cgi-bin/stable_token') === true;
      (isToken ? says({ access_token: 'a-token', expires_in: 7200 }) : answer)(response, request);
    };
  };

  test.each([...bad, ...fromTheWay])(
    `${BAD_INPUTS} bad inputs of one user, answered with %s, leave the good one of another untouched`,
    async (_, answer) => {
      server.answer = answering(answer);
      for (let i = 0; i < BAD_INPUTS; i += 1) await call().catch(() => undefined);
      expect(server.requests.filter((request) => request.includes(path))).toHaveLength(BAD_INPUTS);
      server.answer = answering(says(good));
      expect(await call()).toMatchObject({ ok: true });
    },
  );
});
