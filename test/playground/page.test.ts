import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser, openTab } from '../harness/browser.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { playScene } from './try-it.js';

const BUTTON = '#get-number:enabled';

/** Shows what went over the wire in every line. */
const OPEN_DETAILS = "document.querySelectorAll('details').forEach((details) => (details.open = true))";

const LOG = "document.querySelector('.conversation')";

/** What reaches out of the window on the left or on the right, whether it can be scrolled to or is cut off. */
const OUTSIDE = `[...document.querySelectorAll('body, body *')].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  return width > 1 && (left < -0.5 || right > innerWidth + 0.5);
}).map((element) => element.localName + '.' + element.className)`;

describeWithBrowser('the page at /', () => {
  let running: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    [running, browser] = await Promise.all([runGateway(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await running.gateway.stop();
  });

  test('is played by keyboard alone, with the focus in sight and where the user expects it', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    await page.locator(BUTTON).waitFor();
    await tabTo(page, '#get-number');
    await page.keyboard.press('Enter');
    await page.locator('#allow:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#outcome[data-state=failed]').waitFor();
    expect(await page.locator('#outcome').innerText()).toBe('No number, no card. You can change your mind.');

    await page.locator('#get-number:focus').waitFor();
    await tabTo(page, 'input[value=encryptedData]');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[value=code]').isChecked()).toBe(true);
    await tabTo(page, '#get-number', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('#allow:focus').waitFor();
    await page.keyboard.press('Space');
    await page.locator('#outcome[data-state=number]').waitFor();
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open] pre').first().innerText()).toContain('"variables"');
    await page.context().close();
  });

  test('a tap that the user denies comes back as a value, and nothing is sent', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    await page.locator(BUTTON).click();
    await page.locator('#deny').click();
    await page.locator('#outcome[data-state=failed]').waitFor();
    expect(await page.locator('#conversation .message[data-to=gateway]').count()).toBe(0);
    expect(await page.locator('#conversation .note').last().innerText()).toContain('as a value, not as an error');
    await page.context().close();
  });

  test.each(['en-US', 'zh-CN'])('fits windows from 320 pixels up in %s', async (locale) => {
    const { page } = await openTab(browser, running.gateway.url, { locale, reducedMotion: 'reduce' });
    await playScene(page, 'forged');
    await page.evaluate(OPEN_DETAILS);
    for (const width of [320, 390, 759, 760, 999, 1000]) {
      await page.setViewportSize({ width, height: 640 });
      expect([width, await page.evaluate(OUTSIDE)]).toEqual([width, []]);
    }
    await page.context().close();
  });

  test.each([375, 1280])('has the link to the explorer in a window of %i pixels', async (width) => {
    const { page } = await openTab(browser, running.gateway.url, { viewport: { width, height: 700 } });
    await page.getByRole('link', { name: 'GraphQL explorer' }).click();
    expect(new URL(page.url()).pathname).toBe('/graphql');
    await page.context().close();
  });

  test('shows a conversation from its beginning', async () => {
    const { page } = await openTab(browser, running.gateway.url, { viewport: { width: 1280, height: 720 } });
    await playScene(page, 'encryptedData');
    await page.evaluate(`${LOG}.scrollTo({ top: ${LOG}.scrollHeight })`);
    await playScene(page, 'forged');
    const log = await page.evaluate(`[${LOG}.scrollTop, ${LOG}.scrollHeight > ${LOG}.clientHeight]`);
    expect(log).toEqual([0, true]);
    await page.context().close();
  });

  test('is one user in a tab, also after a reload, and another in another tab', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    const number = async (tab: Page) => {
      await playScene(tab, 'encryptedData');
      return tab.locator('#outcome .number').innerText();
    };
    const first = await number(page);
    await page.reload();
    await page.locator(BUTTON).waitFor();
    const facts = ['inHand', 'ring', 'tapCode'].map((name) => page.locator(`[data-fact=${name}] dd`).innerText());
    expect(await Promise.all(facts)).toEqual(['none', expect.stringMatching(/^#2\s*#1\s*free$/), 'none']);
    expect(await number(page)).toBe(first);
    const another = await page.context().newPage();
    await another.goto(running.gateway.url);
    expect(await number(another)).not.toBe(first);
    expect(await number(page)).toBe(first);
    await page.context().close();
  });

  test('is played without storage, and over http from another machine', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    await page.addInitScript(`Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('off'); } });
      Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } });
      delete Crypto.prototype.randomUUID;`);
    await page.reload();
    await playScene(page, 'encryptedData');
    expect(await page.locator('#outcome').innerText()).toMatch(/^Card opened for/);
    await page.context().close();
  });

  test('moves nothing for a visitor who wants less motion', async () => {
    const { page } = await openTab(browser, running.gateway.url, { reducedMotion: 'reduce' });
    await playScene(page, 'encryptedData');
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await page.context().close();
  });

  test('speaks the language of the browser until the visitor chooses, and remembers the choice', async () => {
    const { page } = await openTab(browser, running.gateway.url, { locale: 'zh-CN' });
    const shown = async () => [
      await page.locator('html').getAttribute('lang'),
      await page.locator('#get-number').innerText(),
      await page.locator('.note .words').first().innerText(),
    ];
    const chinese = ['zh-CN', '手机号快捷登录', '小程序启动：先登录，远在点击之前'];
    const english = ['en', 'Get phone number', 'The Mini Program starts: log in, long before any tap'];
    await page.locator(BUTTON).waitFor();
    expect(await shown()).toEqual(chinese);
    await page.locator('#language').click();
    expect(await shown()).toEqual(english);
    await page.reload();
    await page.locator(BUTTON).waitFor();
    expect(await shown()).toEqual(english);
    await page.context().close();
  });

  test('shows no token, no code, no ciphertext and no openid, wherever a visitor looks', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    const secrets = new Set<string>();
    page.on('request', (request) => collectLongTexts(request.postDataJSON(), secrets));
    page.on(
      'response',
      (response) =>
        void response.json().then(
          (body) => collectLongTexts(body, secrets),
          () => undefined,
        ),
    );
    await page.reload();
    await playScene(page, 'spent');
    await page.evaluate(OPEN_DETAILS);
    const seen = await page.locator('html').innerHTML();
    expect(secrets.size).toBeGreaterThan(5);
    expect([...secrets].filter((secret) => seen.includes(secret))).toEqual([]);
    await page.context().close();
  });

  test('its policy lets no script in that is not one of its files', async () => {
    const { page, complaints } = await openTab(browser, running.gateway.url);
    await page.evaluate(
      "try { document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.broken = true' })) } catch {}",
    );
    expect(await page.evaluate('window.broken')).toBeUndefined();
    expect(complaints.join()).toMatch(/Content Security Policy|TrustedScript/);
    await page.context().close();
  });

  test('says so where the gateway is gone', async () => {
    const { page } = await openTab(browser, running.gateway.url);
    await page.locator(BUTTON).waitFor();
    await page.context().setOffline(true);
    await page.locator('#get-number').click();
    await page.locator('#outcome[data-state=failed]').waitFor();
    expect(await page.locator('#outcome').innerText()).toBe('The gateway does not answer. Is it still running?');
    await page.context().close();
  });
});

/** Moves the focus until it is on this element, which then shows it. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key);
    if (!(await page.locator(`${selector}:focus-visible`).count())) continue;
    // A radio button is covered by its label's text, which shows the focus in its place.
    const ring = `(() => { const at = document.activeElement; const shown = at.matches('input') ? at.nextElementSibling : at;
      return getComputedStyle(shown).outlineStyle; })()`;
    expect(await page.evaluate(ring)).toBe('solid');
    return;
  }
  throw new Error(`The focus does not come to ${selector}.`);
}

/** Tokens, codes, ciphertexts and openids are long texts without spaces; nothing else on the wire is, but type names. */
function collectLongTexts(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' && /^[\w+/=.-]{24,}$/.test(value) && !/^[A-Za-z_]+$/.test(value)) found.add(value);
  if (typeof value === 'object' && value !== null)
    Object.values(value).forEach((member) => collectLongTexts(member, found));
}
