import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  install | pack)
    # The checkout consists of links, which npm would not pack.
    test "$*" != pack || exec tar -chzf weixin-phone-gateway-0.1.0.tgz --transform 's,^,package/,' package.json dist docs/deployment
    PATH=\${PATH#*:} exec npm "$@" --offline --no-audit --no-fund ;;
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
case "$1" in
  compose) cat compose.yaml .env secrets/weixin-apps.json secrets/proof-key.pem >/dev/null ;;
  build) test -f Dockerfile ;;
  push) ;;
  *) exit 1 ;;
esac
`;

/** Stands in for kubectl: the files that it would read must be there. */
const KUBECTL = `#!/bin/sh -eu
for argument; do last=$argument; done
case "$1" in
  create) test -d "\${last#--from-file=}" ;;
  apply) test -f "$last" ;;
  rollout | logs) ;;
  *) exit 1 ;;
esac
`;

/** Runs the command with a folder of the checkout's in place of the root; a service manager is not there. */
const SUDO = `#!/bin/sh -eu
case "$1" in systemctl | journalctl) exit ;; esac
for argument; do
  shift
  case "$argument" in /dev/*) ;; /*) argument=$ROOT_FOLDER$argument ;; esac
  set -- "$@" "$argument"
done
exec "$@"
`;

/** A folder like a fresh checkout, with what the pages expect beside it, in which their blocks for a shell run. */
export class Checkout {
  readonly #folder = mkdtempSync(join(tmpdir(), 'docs-checkout-'));
  readonly #commands = join(this.#folder, 'bin');
  readonly #project = join(this.#folder, 'weixin-phone-gateway');
  readonly #miniProgram = join(this.#folder, 'mini-program');
  /** What stands for / where a block installs the gateway with sudo. */
  readonly root = join(this.#folder, 'root');

  constructor() {
    const system = join(this.root, 'etc/systemd/system');
    for (const folder of [this.#commands, this.#project, this.#miniProgram, system])
      mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(ROOT).filter((name) => !NOT_LINKED.includes(name))) {
      symlinkSync(join(ROOT, name), join(this.#project, name));
    }
    writeFileSync(join(this.#miniProgram, 'package.json'), '{ "private": true }');
    writeFileSync(join(this.#folder, 'apps.json'), '[{ "appId": "wx0123456789abcdef", "secret": "a-secret" }]');
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(this.#folder, 'proof-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const [name, script] of Object.entries({ npm: NPM, docker: DOCKER, kubectl: KUBECTL, sudo: SUDO })) {
      writeFileSync(join(this.#commands, name), script, { mode: 0o755 });
    }
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

  /** The content of a file below the project's folder, as a block left it. */
  read(path: string): string {
    return readFileSync(join(this.#project, path), 'utf8');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #env(): NodeJS.ProcessEnv {
    const { PATH = '', HOME } = process.env;
    const ports = { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', DRAIN_SECONDS: '0' };
    return {
      HOME,
      ...ports,
      ROOT_FOLDER: this.root,
      PATH: [this.#commands, dirname(process.execPath), PATH].join(':'),
    };
  }
}
