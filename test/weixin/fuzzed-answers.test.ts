import { type Code2SessionRefusal, WeixinRefusesUs, type WeixinSession } from '../../src/weixin/weixin-api.js';
import type { Result } from '../../src/domain/result.js';
import { type FuzzedAnswer, fuzzedAnswers, OPENID, SESSION_KEY } from '../harness/fuzzed-answers.js';
import { startRawServer } from '../harness/raw-server.js';
import { everySecond, weixinClient } from '../harness/weixin-client.js';

const SEED = 20260131;
const ANSWERS = 10_000;
const AT_A_TIME = 32;
const DEADLINE = 250;
/** The deadline, and what a busy machine may add. */
const GENEROUS = DEADLINE + 2_000;
const FAILURES = ['SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'CODE_INVALID', 'CODE_ALREADY_USED', 'USER_BLOCKED'];

const NO_SESSION = 'no session';

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
    return session === 'must' ? NO_SESSION : isTyped ? undefined : 'no typed refusal';
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
  const client = weixinClient(server.origin, { deadline: DEADLINE, uptime: everySecond() });
  const faults: string[] = [];
  const seen = new Set<string>();
  let slowest = 0;
  let next = 0;
  const ask = async () => {
    while (next < answers.length) {
      const code = String(next++);
      const answer = answers[Number(code)] as FuzzedAnswer;
      let wrong: string | undefined;
      // A busy machine may miss a deadline, so a session that must come may take three tries.
      for (let tries = 0; tries < 3 && (tries === 0 || wrong === NO_SESSION); tries += 1) {
        const began = performance.now();
        const outcome = await client.exchange(code).catch((error: unknown) => {
          if (error instanceof WeixinRefusesUs) return error;
          throw error;
        });
        slowest = Math.max(slowest, performance.now() - began);
        wrong = fault(answer, code, outcome);
      }
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
  expect(slowest).toBeLessThan(GENEROUS);
  expect(seen.size).toBeGreaterThan(25);
});
