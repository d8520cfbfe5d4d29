import { parse, print, separateOperations } from 'graphql';
import { get, HTML, readyOperations } from '../harness/explorer-page.js';
import { shippedOperations } from '../harness/schema-files.js';
import { type RunningGateway, runGateway, runGatewayOfApps, runProductionGateway } from '../harness/running-gateway.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { parseAppId } from '../../src/domain/app.js';

const SUCCESS = /: (LoginSuccess|PhoneNumber|SessionCheck|Session|LogoutSuccess)$/;
const PAGES = ['/graphql', '/explorer'];

/** The definitions of each document, by the name of its operation and in any order. */
const definitions = (documents: readonly string[]) =>
  Object.fromEntries(
    documents.flatMap((document) =>
      Object.entries(separateOperations(parse(document))).map(([name, separated]) => [
        name,
        separated.definitions.map(print).toSorted(),
      ]),
    ),
  ) as Record<string, string[]>;

describe('outside production', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await runGateway();
  });
  afterAll(() => running.gateway.stop());

  describe.each(PAGES)('%s', (path) => {
    test('a browser gets a page with every shipped operation, login first', async () => {
      const page = await get(running, path, HTML);
      expect(page).toMatchObject({ status: 200, type: expect.stringContaining('text/html') as string });
      const operations = readyOperations(page.text);
      const shipped = shippedOperations().map(([, document]) => document);
      expect(definitions(operations.map(({ document }) => document))).toEqual(definitions(shipped));
      expect(operations.every(({ document }) => /^(query|mutation) /.test(document))).toBe(true);
      expect(operations[0]?.name).toBe('Login');
    });

    test('each operation runs with the variables that stand there, in the order in which they stand', async () => {
      const client = running.client();
      for (const { name, document: query, variables } of readyOperations((await get(running, path, HTML)).text)) {
        const headers = client.token === undefined ? {} : { authorization: `Bearer ${client.token}` };
        const { body } = await client.post({ query, variables }, headers);
        const [[, answer] = []] = Object.entries((body as { data: Record<string, { __typename: string }> }).data);
        expect(`${name}: ${String(answer?.__typename)}`).toMatch(SUCCESS);
        if (name === 'Login') client.token = (answer as unknown as { token: string }).token;
      }
      expect(client.token).toBeDefined();
    });

    test('each visit brings another code', async () => {
      const pages = await Promise.all([get(running, path, HTML), get(running, path, HTML)]);
      const codes = pages.map(({ text }) => JSON.stringify(readyOperations(text)[0]?.variables));
      expect(new Set(codes).size).toBe(2);
    });

    test('the page allows no script, style or address but what it needs, and the browser is asked to keep nothing', async () => {
      const { text, cache } = await get(running, path, HTML);
      const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1]?.split('; ') ?? [];
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "base-uri 'none'", "connect-src 'self'"]));
      const scripts = policy.find((directive) => directive.startsWith('script-src'));
      expect(scripts).toBe(
        path === '/explorer'
          ? "script-src 'self'"
          : "script-src 'self' https://embeddable-sandbox.cdn.apollographql.com",
      );
      expect(cache).toBe('no-store');
    });
  });

  test('new variables for an operation come alone', async () => {
    const { text } = await get(running, '/explorer/variables/DecryptPhone', 'application/json');
    expect(JSON.parse(text)).toEqual({
      input: { encryptedData: expect.any(String) as string, iv: expect.any(String) as string },
    });
  });

  test.each(['/explorer/assets/../../package.json', '/explorer/assets/%2e%2e/main.js', '/explorer/variables/Unknown'])(
    'there is nothing at %s',
    async (path) => {
      expect((await get(running, path, '*/*')).status).toBe(404);
    },
  );

  test('what is not a browser gets no page', async () => {
    const { status, type } = await get(running, '/graphql', 'application/json');
    expect({ status, type }).toEqual({ status: 405, type: 'application/json; charset=utf-8' });
  });
});

test('where several Mini Programs are served, the login names one, and without a simulator the values say what they are', async () => {
  const second = { ...createDemoApp(), appId: parseAppId('wxde00000000000001') ?? createDemoApp().appId };
  const running = await runGatewayOfApps([createDemoApp(), second]);
  const [login] = readyOperations((await get(running, '/explorer', HTML)).text);
  await running.gateway.stop();
  expect(login?.variables).toEqual({ input: { code: '<the code of wx.login>', appId: 'wxde00000000000000' } });
});

describe('in production', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await runProductionGateway();
  });
  afterAll(() => running.gateway.stop());

  test('GET /graphql has no page', async () => {
    const { status, type, text } = await get(running, '/graphql', HTML);
    expect({ status, type }).toEqual({ status: 405, type: 'application/json; charset=utf-8' });
    expect(text).not.toContain('<html');
  });

  test.each(['/explorer', '/explorer/assets/graphiql.js', '/explorer/assets/sandbox.js', '/explorer/variables/Login'])(
    'there is nothing at %s',
    async (path) => {
      expect((await get(running, path, HTML)).status).toBe(404);
    },
  );
});
