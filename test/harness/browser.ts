import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's. playwright-core brings no browser of its own. */
const CHROMIUM = '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium without a window and without a past. */
export class Browser {
  readonly #context: BrowserContext;
  readonly #folder: string;

  private constructor(context: BrowserContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      headless: true,
      args: ARGUMENTS,
    });
    return new Browser(context, folder);
  }

  /** A new page, and what went wrong on it: exceptions, and errors on the console. */
  async page(): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
    const page = await this.#context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    return { page, problems };
  }

  async stop(): Promise<void> {
    await this.#context.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** `describe` for tests that need Chromium. Where it is missing they are skipped, loudly; in CI that is a failure. */
export const describeWithBrowser: jest.Describe = hasBrowser() ? describe : withoutBrowser();

function hasBrowser(): boolean {
  try {
    execFileSync(CHROMIUM, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function withoutBrowser(): jest.Describe {
  const message = 'chromium is not installed (apt-get install chromium): EVERY TEST IN A BROWSER IS SKIPPED';
  if (process.env['CI'] !== undefined) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return describe.skip;
}
