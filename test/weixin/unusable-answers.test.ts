import fc from 'fast-check';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { parsedLines } from '../harness/log-lines.js';
import { APP_ID } from '../harness/people.js';
import { everySecond, weixinClient } from '../harness/weixin-client.js';

const OPENID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE';
const SESSION_KEY = 'tiihtNczf5v6AKRyjwEUhQ==';
const good = { openid: OPENID, session_key: SESSION_KEY };
const nothingUsable = {
  ok: false,
  failure: { failure: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 }, codeSpent: 'unknown' },
};

let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeAll(async () => {
  server = await startScriptedServer();
  client = weixinClient(server.origin, { uptime: everySecond() });
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(async () => {
  await client.close();
  await server.close();
});

function answered(body: string | Buffer, contentType = 'text/plain') {
  server.answer = (response) => response.setHeader('content-type', contentType).end(body);
  return client.exchange();
}

describe('a session, in every way in which Weixin may write it', () => {
  test.each([
    ['as text/plain', good, 'text/plain'],
    ['as JSON', good, 'application/json; charset=utf-8'],
    ['without a content type that makes sense', good, 'nonsense'],
    ['with errcode 0', { errcode: 0, errmsg: 'ok', ...good }, 'text/plain'],
    ['with members that nobody knows', { ...good, expires_in: 7200, nested: { errcode: 40029 } }, 'text/plain'],
    ['with a unionid of null', { ...good, unionid: null }, 'text/plain'],
    ['with an empty unionid', { ...good, unionid: '' }, 'text/plain'],
    ['with errcode 0 as text', { errcode: '0', ...good }, 'text/plain'],
    ['with errcode 0 under another spelling', { errCode: 0, ...good }, 'text/plain'],
  ])('is taken: %s', async (_, body, contentType) => {
    const exchanged = await answered(JSON.stringify(body), contentType);
    expect(exchanged).toMatchObject({ ok: true, value: { openId: OPENID, unionId: null } });
    expect(exchanged.ok && exchanged.value.sessionKey.revealText()).toBe(SESSION_KEY);
  });

  test('is taken behind a byte order mark', async () => {
    expect(await answered(`\ufeff${JSON.stringify(good)}`)).toMatchObject({ ok: true, value: { openId: OPENID } });
  });

  test('is taken with its unionid', async () => {
    const exchanged = await answered(JSON.stringify({ ...good, unionid: 'oYZgD6Ff0gMFyLH2tH0kz5l6Hm-M' }));
    expect(exchanged).toMatchObject({ ok: true, value: { unionId: 'oYZgD6Ff0gMFyLH2tH0kz5l6Hm-M' } });
  });
});

test.each([
  ['as a number', 40029],
  ['as text', '40029'],
  ['as text behind a space', ' 40029'],
  ['as text with a sign', '+40029'],
])('an errcode is read: %s', async (_, errcode) => {
  for (const name of ['errcode', 'errCode', 'err_code', 'ErrCode']) {
    expect(await answered(`\ufeff${JSON.stringify({ [name]: errcode, errmsg: 'invalid code' })}`)).toMatchObject({
      failure: { failure: { code: 'CODE_INVALID' }, codeSpent: 'yes' },
    });
  }
});

describe('an answer that is of no use is SERVICE_UNAVAILABLE, asked for once', () => {
  test.each<[string, unknown]>([
    ['errcode 0 without a session', { errcode: 0, errmsg: 'ok' }],
    ['an empty object', {}],
    ['no openid', { session_key: SESSION_KEY }],
    ['no session key', { openid: OPENID }],
    ['an openid that is a number', { ...good, openid: 42 }],
    ['an empty openid', { ...good, openid: '' }],
    ['an openid with a separator', { ...good, openid: 'o:x' }],
    ['an endless openid', { ...good, openid: 'o'.repeat(129) }],
    ['a session key of 15 bytes', { ...good, session_key: Buffer.alloc(15).toString('base64') }],
    ['a session key of 17 bytes', { ...good, session_key: Buffer.alloc(17).toString('base64') }],
    ['a session key whose + became a space', { ...good, session_key: 'tiihtNczf5v6AKRyjw UhQ==' }],
    ['a session key that is not canonical', { ...good, session_key: 'tiihtNczf5v6AKRyjwEUhR==' }],
    ['a session key that is an array', { ...good, session_key: [SESSION_KEY] }],
    ['a unionid that is a number', { ...good, unionid: 7 }],
    ['a session under __proto__', '{"__proto__":{"openid":"o1","session_key":"tiihtNczf5v6AKRyjwEUhQ=="}}'],
    ['an errcode that is a word', { errcode: 'ok', ...good }],
    ['an errcode that is empty', { errcode: '', ...good }],
    ['an errcode with a fraction', { errcode: '0.5', ...good }],
    ['an errcode of null', { errcode: null, ...good }],
    ['an errcode beyond all numbers', '{"errcode":1e999}'],
    ['an array', [good]],
    ['null', null],
    ['a string', 'ok'],
    ['nothing', ''],
    ['a page of HTML', '<html><body>502 Bad Gateway</body></html>'],
    ['half a session', JSON.stringify(good).slice(0, -5)],
    ['two sessions', JSON.stringify(good) + JSON.stringify(good)],
  ])('%s', async (what, body) => {
    const isText = typeof body === 'string' && what !== 'a string';
    expect(await answered(isText ? body : JSON.stringify(body))).toEqual(nothingUsable);
    expect(server.requests).toHaveLength(1);
  });
});

test.each([
  ['<html>', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"errcode":"busy"}', 'errcode is not a whole number'],
  ['{}', 'openid is missing or malformed'],
  ['{"openid":"o1","session_key":"secret"}', 'session_key is missing or is not 16 bytes of Base64'],
  [JSON.stringify({ ...good, unionid: 7 }), 'unionid is malformed'],
])('one warning says why an answer cannot be read, and quotes nothing of it: %s', async (body, reason) => {
  const fresh = weixinClient(server.origin);
  try {
    server.answer = (response) => response.end(body);
    await fresh.exchange();
    await fresh.exchange();
    const line = { level: 40, appId: APP_ID, endpoint: '/sns/jscode2session', reason };
    expect(parsedLines(fresh.logLines)).toEqual([
      { ...line, time: expect.any(String) as string, msg: 'the answer of Weixin cannot be read' },
    ]);
  } finally {
    await fresh.close();
  }
});

describe('whatever is in an answer', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
  );

  test('random bytes and random JSON never make a session, and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        expect(await answered(body)).toMatchObject({ ok: false });
      }),
      { numRuns: 400 },
    );
  });

  test('a session comes of a right openid and a right key without an errcode, and of nothing else', async () => {
    const member = (right: unknown, ...wrong: unknown[]) => fc.oneof(fc.constant(right), fc.constantFrom(...wrong));
    const nearly = fc.record({
      errcode: member(undefined, 0, -0, '0', 40029, -1.5, '45011', 'x', null, [], {}),
      openid: member(OPENID, undefined, null, '', 'o x', `${OPENID}\n`, 5, [OPENID], { a: OPENID }),
      session_key: member(SESSION_KEY, undefined, null, '', 'short', ` ${SESSION_KEY}`, 5, [SESSION_KEY]),
      unionid: member(undefined, null, '', 'u-1', 5, 'u 1', ['u-1']),
    });
    await fc.assert(
      fc.asyncProperty(nearly, async (body) => {
        const right =
          [undefined, 0, '0'].includes(body.errcode as string) &&
          body.openid === OPENID &&
          body.session_key === SESSION_KEY &&
          [undefined, null, '', 'u-1'].includes(body.unionid as string);
        expect((await answered(JSON.stringify(body))).ok).toBe(right);
      }),
      { numRuns: 400 },
    );
  });
});
