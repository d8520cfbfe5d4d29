import { type Finished, run } from '../../harness/child-process.js';
import { freePort } from '../../harness/free-port.js';
import { startScriptedServer } from '../../harness/scripted-server.js';
import { startScriptedWeixin } from '../../harness/scripted-weixin.js';
import { APP, APP_SECRET, checked, linesOf } from './checked.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(60_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function withWeixin(): Promise<Record<string, string>> {
  const server = await startScriptedWeixin();
  closing.push(() => server.close());
  return { WEIXIN_API_URL: server.origin };
}

describe('--check=json', () => {
  interface Json {
    readonly ok: boolean;
    readonly findings: readonly {
      readonly tried: string;
      readonly ok: boolean;
      readonly found: string;
      readonly remedy?: string;
      readonly apps?: number;
      readonly appIds?: readonly string[];
    }[];
  }
  const read = ({ stdout }: Finished) => JSON.parse(stdout) as Json;

  test('says the same as the lines', async () => {
    const env = await withWeixin();
    const finished = await checked(env, '--check=json');
    const { ok, findings } = read(finished);
    expect({ ok, status: finished.status, stderr: finished.stderr }).toEqual({ ok: true, status: 0, stderr: '' });
    expect(findings).toContainEqual({
      tried: 'Weixin code2Session',
      ok: true,
      found: 'Weixin accepts the appid, the secret and the address of this machine',
      apps: 1,
      appIds: [APP],
    });
    const lines = linesOf(await checked(env));
    expect(lines).toHaveLength(findings.length);
  });

  test('says what fails, and the status is 1', async () => {
    const finished = await checked({ TRUST_PROXY: 'canary' }, '--check=json');
    expect(finished.status).toBe(1);
    expect(read(finished)).toEqual({
      ok: false,
      findings: [{ tried: 'configuration', ok: false, found: 'TRUST_PROXY must be a whole number from 0 to 16.' }],
    });
  });
});

test('another format starts nothing and checks nothing', async () => {
  const { status, stdout, stderr } = await checked({}, '--check=xml');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('weixin-phone-gateway cannot start. It knows --check and --check=json.\n');
});

describe('colours', () => {
  const COLOUR = '\u001b[';

  test('are not there where nobody sees them', async () => {
    expect((await checked(await withWeixin())).stdout).not.toContain(COLOUR);
  });

  test.each([
    ['are there on a terminal', '', true],
    ['are not there on a terminal where NO_COLOR is set', 'NO_COLOR=1', false],
  ])('%s', async (_name, variable, expected) => {
    // script(1) runs a command on a terminal of its own.
    const command = `env -i TERM=xterm ${variable} ${process.execPath} dist/main.js --check`;
    const { stdout, status } = await run('script', ['-qec', command, '/dev/null'], '');
    expect(stdout).toContain('configuration');
    expect({ status, hasColour: stdout.includes(COLOUR) }).toEqual({ status: 0, hasColour: expected });
  });
});

describe('many Mini Programs', () => {
  const APPS = 200;
  const appIds = Array.from({ length: APPS }, (_, i) => `wx${i.toString(16).padStart(16, '0')}`);
  const WEIXIN_APPS = appIds.map((appId) => `${appId}:${APP_SECRET}`).join(',');
  /** Every seventh has a wrong secret. */
  const isWrong = (appId: string) => appIds.indexOf(appId) % 7 === 0;

  /** @param errcodeOf what Weixin answers to an app with a wrong secret */
  async function weixinWith(errcodeOf: (appId: string) => number) {
    let inFlight = 0;
    const seen = { most: 0, apps: new Set<string>() };
    const server = await startScriptedServer((response, request) => {
      inFlight += 1;
      seen.most = Math.max(seen.most, inFlight);
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const url = new URL(request.url ?? '', 'http://weixin');
        const appId = url.searchParams.get('appid') ?? /"appid":"(\w+)"/.exec(body)?.[1] ?? '';
        if (appId !== '') seen.apps.add(appId);
        const isTokenCall = url.pathname === '/cgi-bin/stable_token';
        const isHashCall = url.pathname === '/wxa/business/checkencryptedmsg';
        const answer = isHashCall
          ? { errcode: 0, vaild: false }
          : isTokenCall && !isWrong(appId)
            ? { access_token: 'canary-token', expires_in: 7200 }
            : { errcode: isWrong(appId) ? errcodeOf(appId) : 40029, errmsg: 'scripted' };
        setImmediate(() => {
          inFlight -= 1;
          response.end(JSON.stringify(answer));
        });
      });
    });
    closing.push(() => server.close());
    return { url: server.origin, seen };
  }

  test('are all tried, a few at once, and share a line if they share what has to be done', async () => {
    const { url, seen } = await weixinWith(() => 40125);
    const finished = await checked({ WEIXIN_APPS, WEIXIN_API_URL: url });
    expect(finished.status).toBe(1);
    expect([...seen.apps].toSorted()).toEqual(appIds);
    expect(seen.most).toBeLessThanOrEqual(8);
    const wrong = appIds.filter(isWrong);
    const about = linesOf(finished).filter((line) => line.includes('code2Session'));
    expect(about).toEqual([
      expect.stringMatching(/^✓ Weixin code2Session for 171 Mini Programs \((wx\w{16}, ){7}wx\w{16} and 163 more\): /),
      expect.stringContaining(
        `✗ Weixin code2Session for 29 Mini Programs (${wrong.slice(0, 8).join(', ')} and 21 more): errcode 40125, `,
      ),
    ]);
    expect(linesOf(finished)).toContainEqual(
      expect.stringMatching(/^✓ Weixin getuserphonenumber for 171 Mini Programs /),
    );
  });

  test('have a bounded number of lines for each call, whatever Weixin answers', async () => {
    const { url } = await weixinWith((appId) => 90_000 + appIds.indexOf(appId));
    const finished = await checked({ WEIXIN_APPS, WEIXIN_API_URL: url });
    const about = linesOf(finished).filter((line) => line.includes('code2Session'));
    expect(about).toHaveLength(21);
    expect(about.at(-1)).toMatch(/^✗ Weixin code2Session for .*: other outcomes\. Mend the others first/);
  });

  test('are not tried one by one if Weixin does not answer at all', async () => {
    const finished = await checked({ WEIXIN_APPS, WEIXIN_API_URL: `http://127.0.0.1:${await freePort()}` });
    expect(finished.status).toBe(1);
    expect(linesOf(finished)).toContainEqual(
      expect.stringMatching(
        /^✗ Weixin for 199 Mini Programs \(.* and 191 more\): not tried, since Weixin does not answer/,
      ),
    );
  });
});
