import type { Fault } from '../../src/simulator/fault-script.js';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID } from '../harness/people.js';
import { app, APP_SECRET } from '../harness/weixin-client.js';

/** Milliseconds after which an answer counts as silence: long enough for a busy machine. */
const SILENCE = 2_000;

let simulator: Simulator;
let origin: string;
beforeEach(async () => {
  simulator = new Simulator({ apps: [app], clock: new ManualClock(), keyPeriod: 0 });
  origin = await simulator.listen(0);
});
afterEach(() => simulator.close());

async function post(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(origin + path, { method: 'POST', ...(body !== undefined && json) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** What code2Session does: its errcode, status or body; 'session' where it answers as it should. */
async function outcome(): Promise<unknown> {
  const parameters = { appid: APP_ID, secret: APP_SECRET, js_code: simulator.world.login(APP_ID, 'alice') };
  const query = new URLSearchParams({ ...parameters, grant_type: 'authorization_code' }).toString();
  try {
    const response = await fetch(`${origin}${CODE_2_SESSION}?${query}`, { signal: AbortSignal.timeout(SILENCE) });
    if (response.status !== 200) return `status ${response.status}`;
    const text = await response.text();
    if (!text.startsWith('{')) return text;
    const body = JSON.parse(text) as { errcode?: number; session_key?: string };
    return body.errcode ?? (body.session_key === undefined ? 'nothing' : 'session');
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'silence' : 'closed';
  }
}

const faults: Fault[] = [
  { errcode: -1 },
  { status: 502 },
  { body: 'garbage' },
  { silence: true },
  { close: true },
  { delayMs: 1 },
];

describe('faults come in the order in which they were scripted, and then Weixin is well again', () => {
  const outcomes = async () => {
    const met: unknown[] = [];
    for (let i = 0; i < 7; i++) met.push(await outcome());
    return met;
  };
  const scripted = [-1, 'status 502', 'garbage', 'silence', 'closed', 'session', 'session'];

  test('by a test in this process', async () => {
    simulator.faults.add(CODE_2_SESSION, faults.slice(0, 2));
    simulator.faults.add(CODE_2_SESSION, faults.slice(2));
    expect(await outcomes()).toEqual(scripted);
    expect(simulator.faults.calls(CODE_2_SESSION)).toBe(7);
  });

  test('by a test in another process', async () => {
    const answer = await post('/faults', { endpoint: CODE_2_SESSION, faults });
    expect(answer).toEqual({ status: 200, body: { scripted: 6 } });
    expect(await outcomes()).toEqual(scripted);
  });

  test('an endpoint does not meet the faults of another', async () => {
    await post('/faults', { endpoint: '/elsewhere', faults });
    expect(await outcome()).toBe('session');
  });
});

describe('the phone over HTTP', () => {
  const isCode = async (code: unknown) =>
    'session_key' in simulator.world.code2Session(APP_ID, APP_SECRET, String(code));

  test.each([
    ['without a body', undefined],
    ['with nothing in it', {}],
    ['of another user', { user: 'bob' }],
    ['of an app by its id', { user: 'bob', app: APP_ID }],
  ])('wx.login gives a code: %s', async (_, body) => {
    const answer = await post('/phone/login', body);
    expect(answer).toMatchObject({ status: 200, body: { errMsg: 'login:ok' } });
    expect(await isCode(answer.body['code'])).toBe(true);
  });

  test.each([
    ['without a body', undefined],
    ['with a document of its own', { user: 'bob', document: { purePhoneNumber: '61234567', countryCode: 852 } }],
  ])('a tap gives encrypted data and its iv: %s', async (_, body) => {
    expect(await post('/phone/tap', body)).toMatchObject({
      status: 200,
      body: {
        errMsg: 'getPhoneNumber:ok',
        encryptedData: expect.stringMatching(/^[A-Za-z0-9+/]{150,}={0,2}$/) as string,
        iv: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/) as string,
      },
    });
  });

  test.each<[path: string, what: string, body: unknown]>([
    ['/phone/login', 'a user without a name', { user: '' }],
    ['/phone/login', 'a name of 65 characters', { user: 'u'.repeat(65) }],
    ['/phone/login', 'a user that is a number', { user: 5 }],
    ['/phone/login', 'a member that it does not know', { username: 'alice' }],
    ['/phone/login', 'a list', []],
    ['/phone/tap', 'a number that is no text', { document: { phoneNumber: 13580006666 } }],
    ['/phone/tap', 'a time that is no whole number', { document: { watermark: { timestamp: 1.5 } } }],
    ['/phone/tap', 'a member that it does not know', { document: { phone: '1' } }],
    ['/faults', 'no body', undefined],
    ['/faults', 'no endpoint', { faults: [] }],
    ['/faults', 'a fault that it does not know', { endpoint: CODE_2_SESSION, faults: [{ explode: true }] }],
    ['/faults', 'two faults in one', { endpoint: CODE_2_SESSION, faults: [{ errcode: 1, status: 500 }] }],
    ['/faults', 'a name that it does not know', { name: 'explosion' }],
    ['/faults', 'a name too many times', { name: 'busy', times: 1001 }],
    ['/phone/tap', 'the name of a number that it does not know', { number: 'mars' }],
    ['/faults', 'a status that is none', { endpoint: CODE_2_SESSION, faults: [{ status: 99 }] }],
  ])('%s answers 400 to %s', async (path, _, body) => {
    const answer = await post(path, body);
    expect(answer).toEqual({ status: 400, body: { problem: expect.stringMatching(/./) as string } });
  });
});
