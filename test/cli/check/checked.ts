import { type Finished, run } from '../../harness/child-process.js';

/** The app, the secrets and the addresses of every world; what is secret says so, and must never be printed. */
export const APP = 'wxde00000000000001';
export const APP_SECRET = 'canaryappsecret0123456789abcdef0';
const STORE_KEY = Buffer.alloc(32, 'canary-store-key').toString('base64');
export const OTHER_STORE_KEY = Buffer.alloc(32, 'canary-other-key').toString('base64');
export const STORE_KEYS = `k1:${STORE_KEY}`;

/** Texts that no output may hold. */
const SECRETS = ['canary', STORE_KEY.slice(0, 12), OTHER_STORE_KEY.slice(0, 12), 'PRIVATE KEY'];

/** Runs the built gateway's check in production, with these variables and no others; fails if it shows a secret. */
export async function checked(env: Readonly<Record<string, string>>, option = '--check'): Promise<Finished> {
  const variables = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    WEIXIN_APPS: `${APP}:${APP_SECRET}`,
    BACKEND_PORT: '4100',
    BACKEND_CLIENTS: `shop:canary-back-end-secret-0123456789abcdef`,
    ...env,
  };
  const finished = await run(process.execPath, ['dist/main.js', option], '', { env: variables });
  for (const secret of SECRETS) expect(finished.stdout + finished.stderr).not.toContain(secret);
  return finished;
}

/** The lines, with ports and measured times replaced. */
export function linesOf({ stdout }: Finished): readonly string[] {
  return stdout
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST:PORT')
    .replaceAll(/[\d.]+ ms of/g, 'N ms of')
    .split('\n')
    .filter(Boolean);
}
