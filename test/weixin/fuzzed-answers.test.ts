import { type Code2SessionRefusal, WeixinRefusesUs, type WeixinSession } from '../../src/weixin/weixin-api.js';
import { Deadline } from '../../src/domain/deadline.js';
import type { Result } from '../../src/domain/result.js';
import { type FuzzedAnswer, fuzzedAnswers, OPENID, SESSION_KEY } from '../harness/fuzzed-answers.js';
import { startRawServer } from '../harness/raw-server.js';
import { app, everySecond, weixinClient } from '../harness/weixin-client.js';

const SEED = 20260131;
const ANSWERS = 10_000;
const AT_A_TIME = 32;
const DEADLINE = 250;
/** The deadline where a session must come: a busy machine may take its time. */
const PATIENT = 10_000;
/** What a busy machine may add to a deadline. */
const SLACK = 5_000;
const FAILURES = ['SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'CODE_INVALID', 'CODE_ALREADY_USED', 'USER_BLOCKED'];

/** The openid of who brings this code. */
const openIdOf = (code: string) => code.padStart(OPENID.length, '0');

/** What is wrong with what came of an answer; undefined where nothing is. */
function fault(
  { session }: FuzzedAnswer,
  code: string,
  outcome: Result<WeixinSession, Code2SessionRefusal> | WeixinRefusesUs,
): string | undefined {
  if (outcome instanceof WeixinRefusesUs) return session === 'must' ? 'refused' : undefined;
  if (!outcome.ok) {
    const { failure, codeSpent } = outcome.failure;
    const isTyped = FAILURES.includes(failure.code) && ['no', 'unknown', 'yes'].includes(codeSpent);
    return session === 'must' ? 'no session' : isTyped ? undefined : 'no typed refusal';
  }
  if (session === 'must not') return 'a session';
  const { openId, sessionKey } = outcome.value;
  return openId === openIdOf(code) && sessionKey.revealText() === SESSION_KEY ? undefined : "somebody else's session";
}

test(`${ANSWERS} answers, seed ${SEED}: no crash, no session from garbage or for another, each typed and in time`, async () => {
  const answers = fuzzedAnswers(SEED, ANSWERS);
  const server = await startRawServer((head, socket) => {
    const code = /js_code=(\d+)/.exec(head)?.[1] ?? '';
    const { bytes, hangsUp } = answers[Number(code)] as FuzzedAnswer;
    const text = bytes.toString('latin1').replaceAll(OPENID, openIdOf(code));
    socket.write(Buffer.from(text, 'latin1'));
    if (hangsUp) socket.end();
  });
  const client = weixinClient(server.origin, { uptime: everySecond() });
  const faults: string[] = [];
  const seen = new Set<string>();
  /** How much later than its deadline the latest answer was. */
  let latest = -Infinity;
  let next = 0;
  const ask = async () => {
    while (next < answers.length) {
      const code = String(next++);
      const answer = answers[Number(code)] as FuzzedAnswer;
      const time = answer.session === 'must' ? PATIENT : DEADLINE;
      const began = performance.now();
      const asked = client.api.code2Session(app, code, new Deadline(time));
      const outcome = await asked.catch((error: unknown) => {
        if (error instanceof WeixinRefusesUs) return error;
        throw error;
      });
      latest = Math.max(latest, performance.now() - began - time);
      const wrong = fault(answer, code, outcome);
      if (wrong !== undefined) faults.push(`${code}, ${answer.family}: ${wrong}`);
      seen.add(answer.family);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, ask));
  } finally {
    await client.close();
    await server.close();
  }
  expect(faults).toEqual([]);
  expect(latest).toBeLessThan(SLACK);
  expect(seen.size).toBeGreaterThan(25);
});
