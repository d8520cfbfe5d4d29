import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a block of a page makes anew, and a checkout must not share. */
const NOT_LINKED = ['.git', 'secrets', '.env'];

/**
 * Stands in for npm, so that a block runs without installing, building or testing the project: `start` and `demo` run what is
 * built already, `install` and `pack` are npm's own, and any other script has only to exist.
 */
const NPM = `#!/bin/sh -eu
name=$1
case "$1" in
  ci) exec test -f package-lock.json ;;
  install | pack) PATH=\${PATH#*:} exec npm "$@" --offline --no-audit --no-fund ;;
  run) name=$2 ;;
esac
script=$(node -p 'JSON.parse(fs.readFileSync("package.json")).scripts[process.argv[1]]' "$name")
case "$name" in
  start | demo) PATH="node_modules/.bin:$PATH" exec sh -c "\${script#npm run --silent build && }" ;;
  *) test "$script" != undefined ;;
esac
`;

/** Stands in for Docker: the files that compose.yaml mounts must be there. */
const DOCKER = `#!/bin/sh -eu
test "$1" = compose
cat compose.yaml .env secrets/weixin-apps.json secrets/proof-key.pem >/dev/null
`;

/** A folder like a fresh checkout, with what the pages expect beside it, in which their blocks for a shell run. */
export class Checkout {
  readonly #folder = mkdtempSync(join(tmpdir(), 'docs-checkout-'));
  readonly #commands = join(this.#folder, 'bin');
  readonly #project = join(this.#folder, 'weixin-phone-gateway');
  readonly #miniProgram = join(this.#folder, 'mini-program');

  constructor() {
    for (const folder of [this.#commands, this.#project, this.#miniProgram]) mkdirSync(folder);
    for (const name of readdirSync(ROOT).filter((name) => !NOT_LINKED.includes(name))) {
      symlinkSync(join(ROOT, name), join(this.#project, name));
    }
    writeFileSync(join(this.#miniProgram, 'package.json'), '{ "private": true }');
    writeFileSync(join(this.#folder, 'apps.json'), '[{ "appId": "wx0123456789abcdef", "secret": "a-secret" }]');
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(this.#folder, 'proof-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(this.#commands, 'npm'), NPM, { mode: 0o755 });
    writeFileSync(join(this.#commands, 'docker'), DOCKER, { mode: 0o755 });
  }

  /** Runs a block to its end. Rejects with its standard error if its status is not 0. */
  async run(block: string): Promise<void> {
    const folder = /^npm (?:install|pack) /.test(block) ? this.#miniProgram : this.#project;
    const { status, stderr } = await run('sh', ['-eu'], block, { cwd: folder, env: this.#env() });
    if (status !== 0) throw new Error(`sh ended with ${String(status)}: ${stderr}`);
  }

  /** Runs a block that starts the gateway until it listens, then ends it; the gateway's address. */
  async start(block: string): Promise<string> {
    const child = spawn('sh', ['-euc', block], {
      cwd: this.#project,
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'pipe'],
      // The shell and what it starts are one process group.
      detached: true,
    });
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    let output = '';
    try {
      return await new Promise<string>((resolve, reject) => {
        const read = (text: string) => {
          const [, url] = /"url":"([^"]+)"[^\n]*"msg":"listening"/.exec((output += text)) ?? [];
          if (url !== undefined) resolve(url);
        };
        child.stdout.setEncoding('utf8').on('data', read);
        child.stderr.setEncoding('utf8').on('data', read);
        void closed.then(() => reject(new Error(`It ended before it listened: ${output}`)));
      });
    } finally {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await closed;
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #env(): NodeJS.ProcessEnv {
    const { PATH = '', HOME } = process.env;
    const ports = { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', DRAIN_SECONDS: '0' };
    return { HOME, ...ports, PATH: [this.#commands, dirname(process.execPath), PATH].join(':') };
  }
}
