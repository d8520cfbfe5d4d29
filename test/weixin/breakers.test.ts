import type { AppId } from '../../src/domain/app.js';
import { noMetrics } from '../../src/domain/metrics.js';
import { Breakers, MAX_NAMED } from '../../src/weixin/breakers.js';
import { FAILURES_TO_OPEN } from '../../src/weixin/circuit-breaker.js';
import { recordedLog } from '../harness/recorded-log.js';

const ENDPOINT = '/sns/jscode2session';
const appId = (i: number) => `wx${i.toString(16).padStart(16, '0')}` as AppId;

let breakers: Breakers;
/** Open breakers as the metrics know them, `app endpoint`. */
let open: Set<string>;
let now: number;
beforeEach(() => {
  open = new Set();
  now = 0;
  breakers = new Breakers({
    log: recordedLog().log,
    metrics: {
      ...noMetrics,
      weixinBreaker: (app, endpoint, isOpen) => {
        if (isOpen) open.add(`${app} ${endpoint}`);
        else open.delete(`${app} ${endpoint}`);
      },
    },
    now: () => now,
  });
});

function fail(i: number, endpoint = ENDPOINT): void {
  const breaker = breakers.of(appId(i), endpoint);
  for (let failures = 0; failures < FAILURES_TO_OPEN; failures += 1) breaker.settle(breaker.enter() ?? -1, true);
}
function recover(i: number, endpoint = ENDPOINT): void {
  now += 1_000;
  const breaker = breakers.of(appId(i), endpoint);
  breaker.settle(breaker.enter() ?? -1, false);
}

test('a breaker of an app and endpoint leaves every other one closed', () => {
  fail(1);
  expect(breakers.of(appId(1), ENDPOINT).admits).toBe(false);
  expect(breakers.of(appId(2), ENDPOINT).admits).toBe(true);
  expect(breakers.of(appId(1), '/wxa/getopendata').admits).toBe(true);
  expect([...open]).toEqual([`${appId(1)} ${ENDPOINT}`]);
});

test('the metrics name a bounded number of open breakers, and the others together, until the last of them closes', () => {
  for (let i = 0; i < MAX_NAMED + 2; i += 1) fail(i);
  expect(open.size).toBe(MAX_NAMED + 1);
  expect(open).toContain(`other ${ENDPOINT}`);
  recover(MAX_NAMED);
  expect(open).toContain(`other ${ENDPOINT}`);
  recover(MAX_NAMED + 1);
  expect(open).not.toContain(`other ${ENDPOINT}`);
  for (let i = 0; i < MAX_NAMED; i += 1) recover(i);
  expect(open.size).toBe(0);
});

test('a breaker that has been idle behind 20,000 others is dropped, in the metrics, too, and starts closed', () => {
  fail(0);
  for (let i = 1; i <= 20_000; i += 1) breakers.of(appId(i), ENDPOINT);
  expect(open.size).toBe(0);
  expect(breakers.of(appId(0), ENDPOINT).admits).toBe(true);
});
