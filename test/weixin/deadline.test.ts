import { setTimeout as delay } from 'node:timers/promises';
import { Deadline } from '../../src/domain/deadline.js';
import { succeed } from '../../src/domain/result.js';
import { redeemOnce } from '../../src/sessions/single-use-code.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import type { Claim } from '../../src/stores/once.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID, user } from '../harness/people.js';
import { runGateway } from '../harness/running-gateway.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { weixinClient } from '../harness/weixin-client.js';

const DEADLINE = 1_000;
/** Most of a deadline: two of them are more than one. */
const SLOW = 900;
/** The deadline, and what a busy machine may add; two slow steps and a deadline would be more. */
const GENEROUS = DEADLINE + 750;
const unavailable = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 };

async function timed<T>(work: Promise<T>): Promise<{ readonly answer: T; readonly took: number }> {
  const began = performance.now();
  return { answer: await work, took: performance.now() - began };
}

describe('an access token, the call and its repetition have one deadline', () => {
  let server: ScriptedServer;
  let client: ReturnType<typeof weixinClient>;
  beforeEach(async () => {
    server = await startScriptedServer();
    client = weixinClient(server.origin, { deadline: DEADLINE });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  let tokens = 0;
  const token = () => ({ access_token: `token-${(tokens += 1)}`, expires_in: 7200 });
  const exchange = () => timed(client.api.exchangePhoneCode(APP_ID, 'a-code', user('alice').openId, client.inTime()));
  /** Answers so many milliseconds late. */
  function scripted(tokenLate: number, answerLate: number, answer: object): void {
    server.answer = (response, { url }) => {
      const isToken = url?.startsWith('/cgi-bin/') === true;
      const body = JSON.stringify(isToken ? token() : answer);
      const late = setTimeout(() => response.end(body), isToken ? tokenLate : answerLate);
      response.on('close', () => clearTimeout(late));
    };
  }

  test.each<[string, tokenLate: number, answerLate: number, answer: object]>([
    ['a token slow, then the call', SLOW, SLOW, { errcode: 0 }],
    ['a token that does not come', 60_000, 0, { errcode: 0 }],
    ['a token that is rejected slowly, and the call again', 0, SLOW, { errcode: 40001 }],
    ['a call that is slowly busy, and its repetition', 0, SLOW, { errcode: -1 }],
  ])('%s', async (_, tokenLate, answerLate, answer) => {
    scripted(tokenLate, answerLate, answer);
    const { answer: exchanged, took } = await exchange();
    expect(exchanged).toMatchObject({ ok: false, failure: { failure: unavailable } });
    expect(took).toBeLessThan(GENEROUS);
  });

  test('whoever waits for a token that somebody else asked for waits until their own deadline, and then others get it', async () => {
    scripted(SLOW, 0, { errcode: 0, vaild: true });
    const data = Buffer.alloc(112);
    const patient = client.api.hasIssued(APP_ID, data, client.inTime());
    const hasty = await timed(client.api.hasIssued(APP_ID, data, new Deadline(100)));
    expect(hasty.answer).toEqual({ ok: false, failure: unavailable });
    expect(hasty.took).toBeLessThan(SLOW);
    expect(await patient).toEqual({ ok: true, value: true });
  });
});

describe('waiting for who brought a code before', () => {
  const code = {
    origin: 'TAP' as const,
    appId: APP_ID,
    code: 'a-code',
    boundTo: 'alice',
    isBoundByWeixin: true,
    replay: 0,
    redeem: async () => succeed('number'),
    write: (text: string) => text,
    read: async (text: string) => text,
  };

  test('ends with the deadline, and the code is free as soon as it is ours', async () => {
    const once = new MemoryOnce({ clock: new ManualClock(), max: 10 });
    let give!: () => void;
    const late = new Promise<void>((resolve) => (give = resolve));
    const slow = {
      claim: async (id: Parameters<typeof once.claim>[0]): Promise<Claim> => late.then(() => once.claim(id)),
    };
    const { answer, took } = await timed(redeemOnce(slow, new Deadline(50), code));
    expect(answer).toEqual({ ok: false, failure: unavailable });
    expect(took).toBeLessThan(1_000);

    give();
    await delay(0);
    expect(await redeemOnce(once, new Deadline(1_000), code)).toEqual({ ok: true, value: 'number' });
  });

  test('users who bring one code, refused one after the other, are all answered by the deadline', async () => {
    const running = await runGateway({ WEIXIN_TIMEOUT_MS: String(DEADLINE) });
    try {
      const users = await Promise.all(['a', 'b', 'c', 'd'].map((name) => running.loggedIn(name)));
      const tap = running.simulator.world.tap(running.app.appId, 'e');
      // Each is late, and refuses the code to whoever brings it.
      const path = '/wxa/business/getuserphonenumber';
      running.simulator.faults.add(
        path,
        users.map(() => ({ delayMs: SLOW })),
      );
      const answers = await Promise.all(users.map((client) => timed(client.exchangePhoneCode(tap.code))));
      for (const { took } of answers) expect(took).toBeLessThan(GENEROUS);
      expect(answers.map(({ answer }) => answer.__typename)).not.toContain('PhoneNumber');
    } finally {
      await running.gateway.stop();
    }
  });
});
