import { parsedLines } from '../harness/log-lines.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let running: RunningGateway;
beforeEach(async () => {
  running = await runGateway();
  // With a wrong secret, Weixin rejects the gateway itself, which is logged.
  running.simulator.faults.add('/sns/jscode2session', [{ errcode: 40125 }]);
});
afterEach(() => running.gateway.stop());

async function loggedTrace(headers: Record<string, string>): Promise<unknown> {
  const query = 'mutation { login(input: { code: "any" }) { __typename } }';
  const { headers: answered } = await running.client().post({ query }, headers);
  const line = parsedLines(running.logLines).find(({ requestId }) => requestId === answered.get('x-request-id'));
  expect(line).toMatchObject({ level: 50, errcode: 40125 });
  return line?.['traceparent'];
}

test('a log line about a request has its traceparent', async () => {
  expect(await loggedTrace({ traceparent: TRACE })).toBe(TRACE);
});

test.each([
  ['none', undefined],
  ['a version that is none', TRACE.replace('00-', 'ff-')],
  ['a trace id of zeros', TRACE.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))],
  ['a parent id of zeros', TRACE.replace('b7ad6b7169203331', '0'.repeat(16))],
  ['capitals', TRACE.toUpperCase()],
  ['something behind it', `${TRACE}-13580006666`],
  ['two of them', `${TRACE}, ${TRACE}`],
  ['something else', '13580006666'],
])('a missing or malformed traceparent is not logged: %s', async (_what, text) => {
  expect(await loggedTrace(text === undefined ? {} : { traceparent: text })).toBeUndefined();
});
