import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser, openTab } from '../harness/browser.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';
import { playScene } from './try-it.js';

/** Draws the pictures of the documents anew: `npm run pictures`. */
const FOLDER = 'docs/pictures';

const pictures = [
  { file: 'page-en.png', locale: 'en-US' },
  { file: 'page-zh.png', locale: 'zh-CN' },
];

describeWithBrowser('the pictures of the page and of the explorer', () => {
  let running: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    [running, browser] = await Promise.all([runGateway(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await running.gateway.stop();
  });

  test.each(pictures)('$file', async ({ file, locale }) => {
    const { page } = await openTab(browser, running.gateway.url, {
      locale,
      viewport: { width: 1280, height: 1150 },
      reducedMotion: 'reduce',
    });
    // The same letters on every machine that has Debian's fonts-noto-cjk.
    await page.evaluate(`document.documentElement.style.setProperty('--sans', "'Noto Sans CJK SC', sans-serif")`);
    await playScene(page, 'callback');
    await page.evaluate('document.activeElement.blur()');
    const png = await page.screenshot({ path: `${FOLDER}/${file}` });
    expect(png.byteLength).toBeLessThan(220_000);
    await page.context().close();
  });

  test('explorer.png', async () => {
    const { page } = await openTab(browser, `${running.gateway.url}/explorer`, {
      locale: 'en-US',
      viewport: { width: 1280, height: 760 },
    });
    await runOperation(page, 'Login', 'LoginSuccess');
    await page.getByRole('button', { name: 'DecryptPhone', exact: true }).click();
    await runOperation(page, 'DecryptPhone', 'PhoneNumber');
    const png = await page.screenshot({ path: `${FOLDER}/explorer.png` });
    expect(png.byteLength).toBeLessThan(200_000);
    await page.context().close();
  });
});

/** Runs the operation of the open tab, as soon as GraphiQL knows it, and waits for this answer. */
async function runOperation(page: Page, operation: string, answer: string): Promise<void> {
  const known = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.operationName";
  await until(
    () => page.evaluate(known),
    (name) => name === operation,
  );
  await page.locator('.graphiql-execute-button').click();
  await page.locator('.result-window .CodeMirror-code').filter({ hasText: answer }).waitFor();
}
