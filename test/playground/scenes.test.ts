import type { GraphQLEnumType } from 'graphql';
import type { Browser } from 'playwright-core';
import { describeWithBrowser, launchBrowser, openTab, type Watched } from '../harness/browser.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { emittedSchema } from '../harness/schema-files.js';
import { answers, lines, playScene } from './try-it.js';

interface Expected {
  readonly scene: string;
  /** Of the gateway, in order, as the contract promises them. */
  readonly answers: readonly string[];
  /** What the client does by itself, and what it hands over at the end. */
  readonly client: readonly string[];
  readonly user: RegExp;
  /** What the gateway asks Weixin between the tap and the end. */
  readonly weixin: readonly string[];
  /** The keys in the gateway's ring at the end, the newest first. */
  readonly ring: readonly string[];
}

const NUMBER = /^Card opened for\s*\+86 135 \d{4} \d{4}$/;
const HAS_NUMBER = 'The page has the number';
const RESENDS = 'The client logs in by itself and sends the same data again';
const AGAIN = 'The client hands it to the page: ask for another tap';

const scenes: readonly Expected[] = [
  {
    scene: 'encryptedData',
    answers: ['PhoneNumber'],
    client: [HAS_NUMBER],
    user: NUMBER,
    weixin: [],
    ring: ['#1'],
  },
  {
    scene: 'code',
    answers: ['PhoneNumber'],
    client: [HAS_NUMBER],
    user: NUMBER,
    weixin: ['getuserphonenumber ok'],
    ring: ['#1'],
  },
  {
    scene: 'cloudId',
    answers: ['PhoneNumber'],
    client: [HAS_NUMBER],
    user: NUMBER,
    weixin: ['getopendata ok'],
    ring: ['#1'],
  },
  {
    scene: 'overseas',
    answers: ['PhoneNumber'],
    client: [HAS_NUMBER],
    user: /^Card opened for\s*\+852 6123 4567$/,
    weixin: [],
    ring: ['#1'],
  },
  {
    scene: 'callback',
    answers: ['LoginSuccess', 'PhoneNumber'],
    client: [HAS_NUMBER],
    user: NUMBER,
    weixin: ['code2Session session key #2'],
    ring: ['#2', '#1'],
  },
  {
    scene: 'device',
    answers: ['LoginSuccess', 'PhoneNumber'],
    client: [HAS_NUMBER],
    user: NUMBER,
    weixin: ['code2Session session key #2'],
    ring: ['#2', '#1'],
  },
  {
    scene: 'expired',
    answers: ['InvalidSessionError NOT_LOGGED_IN LOGIN_AND_RESEND', 'LoginSuccess', 'PhoneNumber'],
    client: [RESENDS, HAS_NUMBER],
    user: NUMBER,
    weixin: ['code2Session session key #2'],
    ring: ['#2', '#1'],
  },
  {
    scene: 'otherApp',
    answers: ['InvalidWatermarkError APP_ID_MISMATCH NONE'],
    client: ['The client hands it to the page: offer another way, report the code'],
    user: /^That did not work. Enter your number by hand instead.$/,
    weixin: [],
    ring: ['#1'],
  },
  {
    scene: 'forged',
    answers: [
      'InvalidSessionError KEY_MISMATCH LOGIN_AND_RESEND',
      'LoginSuccess',
      'InvalidSessionError KEY_MISMATCH LOGIN_AND_RESEND',
    ],
    client: [RESENDS, 'The login did not help. The client hands it to the page: ask for another tap'],
    user: /^That did not work. Please tap once more.$/,
    weixin: ['code2Session session key #2'],
    ring: ['#2', '#1'],
  },
  {
    scene: 'busyWeixin',
    answers: ['ServiceUnavailableError SERVICE_UNAVAILABLE RETRY_LATER', 'PhoneNumber'],
    client: ['The client waited # s by itself and sends the same again', HAS_NUMBER],
    user: NUMBER,
    weixin: ['getuserphonenumber busy (-1)', 'getuserphonenumber busy (-1)', 'getuserphonenumber ok'],
    ring: ['#1'],
  },
  {
    scene: 'tooOld',
    answers: ['InvalidWatermarkError TOO_OLD TAP_AGAIN'],
    client: [AGAIN],
    user: /^That did not work. Please tap once more.$/,
    weixin: [],
    ring: ['#1'],
  },
  {
    scene: 'spent',
    answers: ['InvalidCodeError CODE_INVALID TAP_AGAIN', 'PhoneNumber'],
    client: ['The client tries another way of the same tap by itself', HAS_NUMBER],
    user: NUMBER,
    weixin: ['getuserphonenumber refused (40029)'],
    ring: ['#1'],
  },
  {
    scene: 'cloudIdExpired',
    answers: ['InvalidCodeError CODE_INVALID TAP_AGAIN'],
    client: [AGAIN],
    user: /^That did not work. Please tap once more.$/,
    weixin: ['getopendata refused (-601006)'],
    ring: ['#1'],
  },
  {
    scene: 'noPermission',
    answers: ['GraphQL error INTERNAL_SERVER_ERROR NONE'],
    client: ['The client hands it to the page: offer another way, report the code'],
    user: /^That did not work. Enter your number by hand instead.$/,
    weixin: ['getuserphonenumber refused (48001)'],
    ring: ['#1'],
  },
  {
    scene: 'quotaSpent',
    answers: ['RateLimitedError RATE_LIMITED RETRY_LATER'],
    client: ['The client hands it to the page: come back later'],
    user: /^Please try again later.$/,
    weixin: ['getuserphonenumber refused (45009)'],
    ring: ['#1'],
  },
];

describeWithBrowser('every switch shows the answers that the contract promises', () => {
  let running: RunningGateway;
  let browser: Browser;
  let tab: Watched;

  beforeAll(async () => {
    [running, browser] = await Promise.all([runGateway(), launchBrowser()]);
  });
  // Each tab is another user.
  beforeEach(async () => {
    tab = await openTab(browser, running.gateway.url, { reducedMotion: 'reduce' });
  });
  afterEach(() => tab.page.context().close());
  afterAll(async () => {
    await browser.close();
    await running.gateway.stop();
  });

  test.each(scenes)('$scene', async (expected) => {
    const { page, complaints, abroad } = tab;
    await playScene(page, expected.scene);

    expect(await answers(page)).toEqual(expected.answers);
    const told = await lines(page, '.note[data-at=miniProgram] .words');
    const client = told
      .filter((line) => /client|The page has/.test(line))
      .map((line) => line.replace(/[\d.]+ s/, '# s'));
    expect(client).toEqual(expected.client);
    const asked = (await lines(page, '.message[data-from=gateway][data-to=weixin]')).map((line) =>
      line.replace(/\s+/g, ' '),
    );
    expect(
      asked.map((line) => line.replace('Gateway → Weixin ', '')).filter((line) => !/stable_token/.test(line)),
    ).toEqual(expected.weixin);
    expect(await page.locator('#outcome').innerText()).toMatch(expected.user);
    expect(await page.locator('[data-fact=ring] .key').allInnerTexts()).toEqual(expected.ring);
    expect(await page.locator('#verdict').innerText()).toBe('Kept: every answer was the promised one.');
    expect({ complaints, abroad }).toEqual({ complaints: [], abroad: [] });
  });

  test('the scene after a spent quota and a missing permission is as if they had not been', async () => {
    const { page } = tab;
    for (const scene of ['quotaSpent', 'noPermission', 'code']) await playScene(page, scene);
    expect(await page.locator('#outcome').innerText()).toMatch(NUMBER);
  });

  test('the list above leaves out no switch', async () => {
    const switches = await tab.page.locator('input[name=scene]').all();
    const names = await Promise.all(switches.map((input) => input.getAttribute('value')));
    expect(names).toEqual(scenes.map(({ scene }) => scene));
  });

  test('there is a scene for each remedy of the schema', () => {
    const remedies = (emittedSchema().getType('Remedy') as GraphQLEnumType).getValues().map(({ name }) => name);
    const shown = scenes.flatMap(({ answers }) => answers.map((answer) => answer.split(' ').at(-1)));
    expect(shown).toEqual(expect.arrayContaining(remedies));
  });

  test('an answer that was not promised is called that', async () => {
    const { page } = tab;
    // The tap of the plain scene brings data of an hour ago.
    await page.route('**/simulator/phone/tap', async (route) => {
      const old = { watermark: { timestamp: Math.floor(running.clock.now() / 1000) - 3600 } };
      await route.continue({
        postData: JSON.stringify({ ...(route.request().postDataJSON() as object), document: old }),
      });
    });
    await playScene(page, 'encryptedData');
    expect(await page.locator('#verdict').innerText()).toBe('Not kept: these answers came instead.');
    expect(await page.locator('#promise').innerText()).toMatch(/TOO_OLD/);
  });
});
