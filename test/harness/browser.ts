import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Nothing that a browser does on its own behalf: no first run, no updates, no sync. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `describe` for tests that need a browser. Where it is missing they are skipped, loudly; in CI that is a failure. */
export const describeWithBrowser: jest.Describe = existsSync(EXECUTABLE) ? describe : withoutBrowser();

/** A real Chromium with an empty profile of its own. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: ARGS });
}

/** What a tab did that it should not have done. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of the console, which is where a browser tells what its Content-Security-Policy blocked. */
  readonly complaints: string[];
  /** Requests to anywhere but this origin. */
  readonly abroad: string[];
}

/** A tab of a visitor of their own: nothing is kept from others. */
export async function openTab(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const abroad: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) abroad.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, abroad };
}

function withoutBrowser(): jest.Describe {
  const message = `${EXECUTABLE} is missing (apt-get install chromium, or name it in CHROMIUM): EVERY TEST WITH A BROWSER IS SKIPPED`;
  if (process.env['CI'] !== undefined) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return describe.skip;
}
