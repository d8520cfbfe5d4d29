import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser, openTab } from '../harness/browser.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { playScene } from './try-it.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tabs = ['en-US', 'zh-CN'].flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [375, 1280].map((width) => ({ locale, colorScheme, viewport: { width, height: 800 } })),
  ),
);

describeWithBrowser('axe finds nothing on the page', () => {
  let running: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    [running, browser] = await Promise.all([runGateway(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await running.gateway.stop();
  });

  test.each(tabs)('in $locale, $colorScheme, $viewport.width pixels wide', async (options) => {
    const { page } = await openTab(browser, running.gateway.url, { ...options, reducedMotion: 'reduce' });
    await page.evaluate(AXE);
    await page.locator('#get-number:enabled').click();
    expect(['Weixin asks', await violations(page)]).toEqual(['Weixin asks', []]);
    await page.locator('#deny').click();
    for (const scene of ['device', 'forged']) {
      await playScene(page, scene);
      await page.locator('summary').last().click();
      expect([scene, await violations(page)]).toEqual([scene, []]);
    }
    await page.context().close();
  });
});

/** What breaks WCAG 2.2 at level A or AA, or an axe best practice: `color-contrast: .words`. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(`axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`);
}
