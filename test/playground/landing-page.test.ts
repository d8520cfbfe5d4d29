import { Client } from 'undici';
import { type RunningGateway, runGateway, runGatewayOfApps, runProductionGateway } from '../harness/running-gateway.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';

let running: RunningGateway;
afterEach(() => running.gateway.stop());

/** A path as it is written: fetch would tidy it up. */
async function get(path: string, headers: Record<string, string> = {}) {
  const client = new Client(running.gateway.url);
  const response = await client.request({ method: 'GET', path, headers });
  const text = await response.body.text();
  await client.close();
  return { status: response.statusCode, headers: response.headers, text };
}

/** The files that the page at / names, and those that they import in their turn. */
async function filesOfThePage(): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    const { text } = await get(path);
    const named = [...text.matchAll(/(?:href|src)="(\/page\/[^"#]+)|from '(\.[^']+)'/g)];
    for (const [, absolute, relative] of named) {
      const file = absolute ?? new URL(relative ?? '', `http://gateway${path}`).pathname;
      if (found.has(file)) continue;
      found.add(file);
      await visit(file);
    }
  };
  await visit('/');
  return [...found];
}

describe('outside production', () => {
  beforeEach(async () => {
    running = await runGateway();
  });

  test('/ is the page, under a policy that takes nothing from elsewhere and nothing inline', async () => {
    const { status, headers, text } = await get('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(String(headers['content-security-policy']).split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(headers['content-security-policy']).not.toMatch(/unsafe|http|\*/);
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?:\/\//);
  });

  test('everything that the page needs is there, with its type', async () => {
    const files = await filesOfThePage();
    expect(files).toEqual(expect.arrayContaining(['/page/main.js', '/page/page.css']));
    const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
    for (const file of files) {
      const { status, headers } = await get(file);
      expect([file, status, headers['content-type']]).toEqual([
        file,
        200,
        expect.stringContaining(types[file.split('.').at(-1) ?? ''] ?? 'nothing'),
      ]);
    }
  });

  test('a browser that has the file gets it once', async () => {
    const { headers } = await get('/page/page.css');
    const again = await get('/page/page.css', { 'if-none-match': String(headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test.each([
    '/page/../main.js',
    '/page/..%2fmain.js',
    '/page/%2e%2e/main.js',
    '/page/..\\main.js',
    '//page/main.js',
    '/page/',
    '/page/index.html',
    '/page/no-simulator.html',
    '/.tsbuildinfo',
    '/page/main.js%00.css',
  ])('%s is nothing', async (path) => {
    expect([404, 400]).toContain((await get(path)).status);
  });

  test('the phone answers on the same origin, for the page to play on', async () => {
    const response = await fetch(`${running.gateway.url}/simulator/phone/login`, { method: 'POST' });
    expect(await response.json()).toEqual({ errMsg: 'login:ok', code: expect.any(String) as string });
  });

  test('another site has no access to the phone', async () => {
    const response = await fetch(`${running.gateway.url}/simulator/faults`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'text/plain' },
      body: '{"endpoint":"/sns/jscode2session","faults":[{"errcode":-1}]}',
    });
    expect(response.status).toBe(415);
    const preflight = await fetch(`${running.gateway.url}/simulator/faults`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('with Mini Programs of your own there is no phone to play, and / says how to get one', async () => {
  running = await runGatewayOfApps([createDemoApp()]);
  const { status, text } = await get('/');
  expect([status, text.includes('WEIXIN_APPS')]).toEqual([200, true]);
  expect((await get('/simulator/journal')).status).toBe(404);
});

test('in production nothing of it is there: the answers are those of any path that is not', async () => {
  running = await runProductionGateway();
  const unknown = await get('/nothing-of-that-name');
  expect(unknown.status).toBe(404);
  for (const path of ['/', '/page/main.js', '/page/page.css', '/client/index.js', '/simulator/journal']) {
    const { status, text } = await get(path);
    expect([path, status, text]).toEqual([path, 404, unknown.text]);
  }
});
