import { readFileSync } from 'node:fs';
import { PACKAGE_ROOT } from '../package-root.js';

/*
 * Exits with a message on a Node that is too old. main.ts imports this before anything else, so that the message comes
 * before any other failure. Nothing here may need a recent Node.
 */

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const manifest = JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8')) as Manifest;

/** The version of this package. */
export const version = manifest.version;

const needed = manifest.engines.node.replace('>=', '');
if (isOlder(process.versions.node, needed)) {
  process.stderr.write(
    `weixin-phone-gateway cannot start. It needs Node ${needed} or later, and this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

function isOlder(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}
