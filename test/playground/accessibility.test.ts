import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { describeWithBrowser, launchBrowser, openTab } from '../harness/browser.js';
import { type RunningGateway, runGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { playScene } from './try-it.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [375, 1280].map((width) => ({ colorScheme, viewport: { width, height: 800 } })),
);
const tabs = ['en-US', 'zh-CN'].flatMap((locale) => looks.map((look) => ({ locale, ...look })));

describeWithBrowser('axe finds nothing', () => {
  let running: RunningGateway;
  let ofOwnApps: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    [running, ofOwnApps, browser] = await Promise.all([
      runGateway(),
      runGatewayOfApps([createDemoApp()]),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([running.gateway.stop(), ofOwnApps.gateway.stop()]);
  });

  test.each(tabs)('on the page in $locale, $colorScheme, $viewport.width pixels wide', async (options) => {
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

  test.each(looks)('without a simulator, $colorScheme, $viewport.width pixels wide', async (options) => {
    const { page } = await openTab(browser, ofOwnApps.gateway.url, options);
    await page.evaluate(AXE);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

/** What breaks WCAG 2.2 at level A or AA, or an axe best practice: `color-contrast: .words`. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(`axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`);
}
