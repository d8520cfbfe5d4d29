import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILES = ['README.md', 'README.zh-CN.md'];
const BEGIN = '<!-- figures of npm run bench -->';
const END = '<!-- end of the figures -->';

/** Puts the figures where the READMEs have room for them, formatted as everything is. */
export function writeIntoReadmes(figures: string): void {
  for (const file of FILES) {
    const text = readFileSync(file, 'utf8');
    const begin = text.indexOf(BEGIN);
    const end = text.indexOf(END);
    if (begin < 0 || end < begin) throw new Error(`${file} has no room for figures, between ${BEGIN} and ${END}.`);
    writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${text.slice(end)}`);
    execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', file], { stdio: 'ignore' });
  }
}
