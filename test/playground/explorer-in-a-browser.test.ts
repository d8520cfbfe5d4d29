import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser, openTab } from '../harness/browser.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

/** Milliseconds: Chromium reads 4 MB of scripts, on a machine that may be busy. */
jest.setTimeout(120_000);

const CDN = 'https://embeddable-sandbox.cdn.apollographql.com/**';
const EVERY_OPERATION = [
  'Login',
  'LoginWithProof',
  'DecryptPhone',
  'DecryptPhoneWithProof',
  'ExchangePhoneCode',
  'ExchangePhoneCodeWithProof',
  'ResolveCloudPhone',
  'ResolveCloudPhoneWithProof',
  'CheckSession',
  'Session',
  'SessionWithProof',
  'Logout',
];

let running: RunningGateway;
let browser: Browser;

const run = (page: Page) => page.locator('.graphiql-execute-button').click();
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const answer = (page: Page) => page.locator('.result-window .CodeMirror-code');
/** Variables or headers, whichever is shown. */
const tool = (page: Page) => page.locator('.graphiql-editor-tool');

/** Waits until the text is there; playwright-core brings no assertions that wait. */
async function reads(page: Page, text: string): Promise<void> {
  await answer(page).filter({ hasText: text }).waitFor();
}

/** GraphiQL takes a moment after a tab is opened until it knows the operation that is in it. */
const operationOf = (page: Page) =>
  page.evaluate("document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.operationName");

/** Waits until Sandbox is opened with this operation. */
async function opens(page: Page, name: string): Promise<void> {
  await page.locator('#operations button[aria-pressed=true]').getByText(name, { exact: true }).waitFor();
}

describeWithBrowser('in Chromium', () => {
  beforeAll(async () => {
    [running, browser] = await Promise.all([runGateway(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await running.gateway.stop();
  });

  describe('the explorer that needs no internet', () => {
    test('has a tab for every operation, logs in, decrypts with the token in place, and asks nobody else for anything', async () => {
      const { page, complaints, abroad } = await openTab(browser, `${running.gateway.url}/explorer`);
      await page.locator('.graphiql-tab').first().waitFor();
      expect(await page.locator('.graphiql-tab-button').allTextContents()).toEqual(EVERY_OPERATION);

      await run(page);
      await reads(page, 'LoginSuccess');
      await tab(page, 'DecryptPhone');
      await until(
        () => operationOf(page),
        (name) => name === 'DecryptPhone',
      );
      await run(page);
      await reads(page, '+8613548535449');
      await tab(page, 'Headers');
      await tool(page)
        .filter({ hasText: /"Authorization": "Bearer [\w-]{43}"/ })
        .waitFor();

      await page.getByLabel('Show Documentation Explorer').click();
      await page.locator('.graphiql-doc-explorer').filter({ hasText: 'DecryptPhoneResult' }).waitFor();
      expect(abroad.filter((url) => !url.startsWith('data:'))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('gets a fresh code at the push of a button, and the token of the second login replaces the first', async () => {
      const { page } = await openTab(browser, `${running.gateway.url}/explorer`);
      await run(page);
      await reads(page, 'LoginSuccess');
      const first = await answer(page).innerText();
      const [code = ''] = /[\w-]{32}/.exec(await tool(page).innerText()) ?? [];
      expect(code).not.toBe('');
      await page.getByLabel('New values: a fresh code or tap').click();
      await tool(page).filter({ hasNotText: code }).waitFor();
      await run(page);
      await answer(page)
        .filter({ hasText: 'LoginSuccess', hasNotText: tokenIn(first) })
        .waitFor();
      const second = await answer(page).innerText();
      await tab(page, 'Session');
      await tab(page, 'Headers');
      await tool(page)
        .filter({ hasText: `Bearer ${tokenIn(second)}` })
        .waitFor();
      await page.close();
    });
  });

  describe('Apollo Sandbox', () => {
    test.each([
      ['cannot be reached', (page: Page) => page.route(CDN, (route) => route.abort())],
      ['answers with an error', (page: Page) => page.route(CDN, (route) => route.fulfill({ status: 502 }))],
    ])('the same address goes over to the other explorer where the CDN %s', async (_how, play) => {
      const page = await browser.newPage();
      await play(page);
      await page.goto(`${running.gateway.url}/graphql`);
      await page.locator('.graphiql-tab').first().waitFor();
      expect(await page.locator('#notice').innerText()).toContain('This explorer needs no internet');
      await page.close();
    });

    test('it does so after three seconds, and not before, where the CDN is silent', async () => {
      const page = await browser.newPage();
      await page.clock.install({ time: 0 });
      await page.clock.pauseAt(1_000);
      await page.route(CDN, () => undefined);
      const visited: string[] = [];
      page.on('request', (request) => visited.push(new URL(request.url()).pathname));
      const asked = page.waitForRequest(CDN);
      await page.goto(`${running.gateway.url}/graphql`, { waitUntil: 'commit' });
      await asked;
      await page.clock.runFor(2_900);
      // Once a request that was made later is answered, one for the other page would have been made.
      expect(await page.evaluate("fetch('/healthz').then(({ status }) => status)")).toBe(200);
      expect(visited).not.toContain('/explorer');
      await page.clock.runFor(200);
      await page.waitForURL('**/explorer#sandbox-unreachable');
      await page.close();
    });

    test('a link to the other explorer is there from the start', async () => {
      const page = await browser.newPage();
      await playSandbox(page);
      await page.goto(`${running.gateway.url}/graphql`);
      expect(await page.getByRole('link', { name: 'GraphiQL' }).getAttribute('href')).toBe('/explorer');
      await page.close();
    });

    test('opens with the login, and with another operation at the push of its button, variables and header in place', async () => {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      await playSandbox(page);
      await page.goto(`${running.gateway.url}/graphql`);
      const buttons = page.locator('#operations button');
      await buttons.first().waitFor();
      expect(await buttons.allTextContents()).toEqual(EVERY_OPERATION);
      expect(await opened(page)).toMatchObject({
        target: '#explorer',
        initialEndpoint: `${running.gateway.url}/graphql`,
        endpointIsEditable: false,
        runTelemetry: false,
        initialState: {
          document: expect.stringContaining('mutation Login(') as string,
          variables: { input: { code: expect.any(String) as string } },
          headers: { Authorization: 'Bearer <token of the login answer>' },
          includeCookies: false,
        },
      });
      await page.getByRole('button', { name: 'DecryptPhone', exact: true }).click();
      await opens(page, 'DecryptPhone');
      expect((await opened(page)).initialState).toMatchObject({
        document: expect.stringContaining('mutation DecryptPhone(') as string,
        variables: { input: { encryptedData: expect.any(String) as string, iv: expect.any(String) as string } },
      });
      expect(problems).toEqual([]);
      await page.close();
    });

    test("requests with the placeholder leave with the token, which never gets into the frame's address", async () => {
      const page = await browser.newPage();
      await playSandbox(page);
      await page.goto(`${running.gateway.url}/graphql`);
      await opens(page, 'Login');
      const login = await sandboxRuns(page, (await opened(page)).initialState);
      expect(login).toMatchObject({ data: { login: { __typename: 'LoginSuccess' } } });
      await page.getByRole('button', { name: 'DecryptPhone', exact: true }).click();
      await opens(page, 'DecryptPhone');
      const { initialState } = await opened(page);
      expect(await sandboxRuns(page, initialState)).toMatchObject({
        data: { decryptPhone: { e164: '+8613548535449' } },
      });
      expect(initialState.headers).toEqual({ Authorization: 'Bearer <token of the login answer>' });
      await page.close();
    });

    test('a frame that does not speak is told of, beside the link', async () => {
      const page = await browser.newPage();
      await page.clock.install();
      await playSandbox(page);
      await page.goto(`${running.gateway.url}/graphql`);
      await opens(page, 'Login');
      expect(await page.locator('#notice').innerText()).toBe('');
      await page.clock.runFor(10_001);
      expect(await page.locator('#notice').innerText()).toContain('do not answer');
      await page.close();
    });
  });
});

interface Opened {
  readonly initialState: { readonly document: string; readonly variables: object; readonly headers: object };
}

/** Plays Apollo's CDN: a script that writes down what Sandbox is opened with. Its frame stays empty. */
async function playSandbox(page: Page): Promise<void> {
  const body = `window.opened = [];
    window.EmbeddedSandbox = class { constructor(options) { window.opened.push(options); } dispose() {} };`;
  await page.route(CDN, (route) => route.fulfill({ contentType: 'text/javascript', body }));
}

const opened = (page: Page): Promise<Opened> =>
  page.evaluate('(({ handleRequest, ...options }) => options)(window.opened.at(-1))');

/** Sandbox hands its requests to the page. */
function sandboxRuns(page: Page, { document, variables, headers }: Opened['initialState']): Promise<unknown> {
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  };
  return page.evaluate(
    `window.opened.at(-1).handleRequest('/graphql', ${JSON.stringify(options)}).then((response) => response.json())`,
  );
}

function tokenIn(answerText: string): string {
  const [, token = 'no token'] = /"token":\s*"([^"]+)"/.exec(answerText) ?? [];
  return token;
}
