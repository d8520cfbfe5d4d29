import { readFile } from 'node:fs/promises';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

/** GET /graphql as a browser does it. */
async function visit({ gateway }: RunningGateway): Promise<{ status: number; type: string | null; text: string }> {
  const headers = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  const response = await fetch(`${gateway.url}/graphql`, { headers });
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

interface SandboxConfig {
  readonly initialState: {
    readonly document: string;
    readonly variables: { readonly input: { readonly code: string } };
  };
}

/** What the page opens Apollo Sandbox with. */
function sandboxConfig(page: string): SandboxConfig {
  const json = /embeddedSandboxConfig = (\{.*\});/.exec(page)?.[1] ?? 'null';
  return JSON.parse(json) as SandboxConfig;
}

describe('outside production', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await runGateway();
  });
  afterAll(() => running.gateway.stop());

  test('a browser gets a page with the login operation', async () => {
    const { status, type, text } = await visit(running);
    expect({ status, type }).toEqual({ status: 200, type: 'text/html' });
    const shipped = await readFile('schema/operations/login.graphql', 'utf8');
    expect(sandboxConfig(text).initialState.document).toBe(shipped);
  });

  test('each visit brings another code, and each code logs in', async () => {
    const visits = await Promise.all([visit(running), visit(running)]);
    const states = visits.map(({ text }) => sandboxConfig(text).initialState);
    expect(new Set(states.map(({ variables }) => variables.input.code)).size).toBe(2);
    for (const { document: query, variables } of states) {
      const { body } = await running.client().post({ query, variables });
      expect(body).toMatchObject({ data: { login: { __typename: 'LoginSuccess' } } });
    }
  });

  test('what is not a browser gets no page', async () => {
    const response = await fetch(`${running.gateway.url}/graphql`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('in production', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await runProductionGateway();
  });
  afterAll(() => running.gateway.stop());

  test('there is no page', async () => {
    const { status, type, text } = await visit(running);
    expect({ status, type }).toEqual({ status: 400, type: 'application/json; charset=utf-8' });
    expect(text).not.toContain('<html');
  });
});
