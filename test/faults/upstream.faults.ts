import { told } from '../harness/fleet.js';
import { type Failing, FailingWeixin } from '../harness/failing-weixin.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { APP_ID, OTHER_APP_ID } from '../harness/people.js';
import { report } from '../harness/report.js';
import { until } from '../harness/until.js';

jest.setTimeout(60_000);

const DEADLINE = 1_000;
/** What a shared machine may add to an answer. */
const SLACK = 1_000;
/** Milliseconds within which a call that is not sent is answered. */
const AT_ONCE = 100;
/** Milliseconds until logins work once Weixin does: the next probe. */
const BACK_WITHIN = 1_500;
/** Logins at a time: more than the calls that may be in flight and wait. */
const CLIENTS = 40;
const IN_FLIGHT = 16;
/** Between two logins of a client: the load is for the gateway, not for the machine. */
const PAUSE = 200;
/** How long a breaker stays open here. */
const OPEN_FOR = 4_000;
/** One a second. */
const PROBES_AT_MOST = OPEN_FOR / 1_000 + 1;

let weixin: FailingWeixin;
let gateway: GatewayProcess;
let url: string;
let codes = 0;
beforeEach(async () => {
  weixin = await FailingWeixin.start();
  gateway = new GatewayProcess({
    PORT: '0',
    DRAIN_SECONDS: '0',
    WEIXIN_API_URL: weixin.origin,
    WEIXIN_APPS: `${APP_ID}:secret,${OTHER_APP_ID}:secret`,
    WEIXIN_TIMEOUT_MS: String(DEADLINE),
    WEIXIN_MAX_IN_FLIGHT: String(IN_FLIGHT),
    // One user and one address ask more often than anybody would.
    WEIXIN_LIMIT_PER_USER: '1000000',
    LOGIN_LIMIT_PER_ADDRESS: '1000000',
  });
  url = String((await gateway.line('listening'))['url']);
  // The first requests of a process are slow.
  for (let i = 0; i < 50; i += 1) await login();
});
afterEach(async () => {
  await gateway.kill();
  await weixin.close();
});

const login = (appId: string = APP_ID, code = `code-${(codes += 1)}`) => new GatewayClient(url).login({ code, appId });

function tokenIn(answer: Awaited<ReturnType<typeof login>>): string {
  if (!('token' in answer)) throw new Error(`login gave ${answer.__typename}`);
  return answer.token;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly took: number }> {
  const began = performance.now();
  return { answer: await work(), took: performance.now() - began };
}

/** Clients that log in, one login after the other with a pause, until they are told to stop; how slow the slowest was. */
function load() {
  let isOver = false;
  let slowest = 0;
  const answers = new Set<string>();
  const one = async () => {
    while (!isOver) {
      const { answer, took } = await timed(() => login());
      slowest = Math.max(slowest, took);
      answers.add(told(answer));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
  const clients = Array.from({ length: CLIENTS }, one);
  return {
    end: async () => {
      isOver = true;
      await Promise.all(clients);
      return { slowest, answers };
    },
  };
}

test.each<[Failing]>([['silent'], ['trickling'], ['resetting'], ['answering 502']])(
  'Weixin %s, under load: answered in time, hardly called, everything else works, and soon it all does',
  async (how) => {
    const alice = new GatewayClient(url, tokenIn(await login()));
    weixin.fail(how, APP_ID);
    const clients = load();
    await gateway.line('Weixin fails: it is asked once a second');
    const openedAt = performance.now();

    const others = { slowest: 0, answers: new Set<string>() };
    let refusedIn = Infinity;
    while (performance.now() - openedAt < OPEN_FOR) {
      for (const ask of [async () => told(await login(OTHER_APP_ID)), async () => told(await alice.checkSession())]) {
        const { answer, took } = await timed(ask);
        others.slowest = Math.max(others.slowest, took);
        others.answers.add(answer);
      }
      const refused = await timed(() => login());
      expect(refused.answer).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 });
      refusedIn = Math.min(refusedIn, refused.took);
    }
    // Calls that were on their way when it opened are not counted.
    const probes = weixin.arrivals.filter((at) => at > openedAt + 50).length;

    weixin.work();
    // One code: while it is refused it is not sent, and so it stays good.
    const code = 'a-code-that-waits';
    const back = await until(
      async () => told(await login(APP_ID, code)),
      (answer) => answer === 'LoginSuccess',
    );
    const { slowest, answers } = await clients.end();

    report(`Weixin ${how}: slowest answer`, slowest, { atMost: DEADLINE + SLACK });
    report(`Weixin ${how}: a refusal while the breaker is open`, refusedIn, { atMost: AT_ONCE });
    report(`Weixin ${how}: slowest of another app and another endpoint`, others.slowest, { atMost: DEADLINE + SLACK });
    report(`Weixin ${how}: logins work after`, back.after, { atMost: 2 * BACK_WITHIN });
    report(`Weixin ${how}: calls in ${OPEN_FOR} ms of an open breaker`, probes, { atMost: PROBES_AT_MOST, unit: '' });
    expect(slowest).toBeLessThan(DEADLINE + SLACK);
    expect(refusedIn).toBeLessThan(AT_ONCE);
    expect([...others.answers].toSorted()).toEqual(['LoginSuccess', 'SessionCheck']);
    expect(others.slowest).toBeLessThan(DEADLINE + SLACK);
    expect(back.after).toBeLessThan(2 * BACK_WITHIN);
    expect(probes).toBeLessThanOrEqual(PROBES_AT_MOST);
    expect(answers.has('SERVICE_UNAVAILABLE')).toBe(true);
    await gateway.line('Weixin works again');
  },
);
