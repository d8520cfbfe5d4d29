/*
 * Run before the build, in plain JavaScript: the build's own packages fail on an old Node with messages of their own.
 */
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';

const { name, engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  process.stderr.write(`${name} needs Node ${needed} or later, and this is ${process.versions.node}.\n`);
  process.exit(1);
}
