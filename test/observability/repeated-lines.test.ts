import { createLog } from '../../src/observability/log.js';
import type { Log } from '../../src/domain/log.js';
import { parsedLines } from '../harness/log-lines.js';

const MINUTE = 60_000;
let now: number;
let scheduled: { readonly work: () => void; readonly at: number }[];
let lines: string[];
let log: Log;

beforeEach(() => {
  now = 1_000;
  scheduled = [];
  lines = [];
  const schedule = (work: () => void, after: number) => scheduled.push({ work, at: now + after });
  log = createLog('info', { write: (line) => lines.push(line) }, { now: () => now, schedule });
});

function advance(by: number): void {
  const until = now + by;
  for (;;) {
    const [next] = scheduled.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    if (next === undefined) break;
    scheduled.splice(scheduled.indexOf(next), 1);
    now = next.at;
    next.work();
  }
  now = until;
}

const refusal = (errcode = 48001, requestId = 'r1') =>
  log.error({ requestId, endpoint: '/path', appId: 'wx1', errcode }, 'refused');
const told = () => parsedLines(lines).map(({ requestId, errcode, repeated }) => ({ requestId, errcode, repeated }));

test('a repeated fault is written at once, then counted, and told once a minute with its latest request', () => {
  refusal();
  for (let i = 2; i <= 500; i += 1) refusal(48001, `r${i}`);
  expect(told()).toEqual([{ requestId: 'r1', errcode: 48001, repeated: undefined }]);
  advance(MINUTE);
  expect(told().slice(1)).toEqual([{ requestId: 'r500', errcode: 48001, repeated: 499 }]);
  advance(MINUTE - 1);
  refusal(48001, 'r501');
  advance(1);
  expect(told().slice(2)).toEqual([{ requestId: 'r501', errcode: 48001, repeated: 1 }]);
});

test('a fault that stays away for a minute is written at once when it comes back, and no timer goes on', () => {
  refusal();
  advance(2 * MINUTE);
  expect(lines).toHaveLength(1);
  expect(scheduled).toEqual([]);
  refusal();
  expect(lines).toHaveLength(2);
});

test('other faults, endpoints, apps and reasons are told apart', () => {
  refusal(48001);
  refusal(50002);
  log.error({ endpoint: '/other', appId: 'wx1', errcode: 48001 }, 'refused');
  log.error({ endpoint: '/path', appId: 'wx2', errcode: 48001 }, 'refused');
  log.warn({ endpoint: '/path', appId: 'wx1', reason: 'a' }, 'lost');
  log.warn({ endpoint: '/path', appId: 'wx1', reason: 'b' }, 'lost');
  expect(lines).toHaveLength(6);
});

test('a fault of an app is counted too, each app by itself', () => {
  for (const appId of ['wx1', 'wx2', 'wx1'])
    log.error({ appId, reason: 'ROLLED_BACK' }, 'a record is older than it was');
  expect(lines).toHaveLength(2);
});

test('lines that name neither an endpoint nor an app, or neither an errcode nor a reason, are all written', () => {
  for (let i = 0; i < 3; i += 1) {
    log.info({ url: 'u', reason: 'a' }, 'listening');
    log.error({ error: new Error('bug') }, 'unexpected error');
    log.warn({ endpoint: '/path', appId: 'wx1' }, 'Weixin works again');
  }
  expect(lines).toHaveLength(9);
});

test('however many different faults there are, so many are remembered', () => {
  refusal(0);
  for (let errcode = 1; errcode <= 1_000; errcode += 1) refusal(errcode);
  refusal(0);
  expect(lines).toHaveLength(1_002);
  refusal(1_000);
  expect(lines).toHaveLength(1_002);
});
