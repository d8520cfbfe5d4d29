import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILES = ['docs/performance.md', 'docs/zh/performance.md'];
const BEGIN = '<!-- figures of npm run bench -->';
const END = '<!-- end of the figures -->';

/** Puts the figures between the marks of both pages, formatted as everything is. */
export function writeFigures(figures: string): void {
  for (const file of FILES) {
    const text = readFileSync(file, 'utf8');
    const begin = text.indexOf(BEGIN);
    const end = text.indexOf(END);
    if (begin < 0 || end < begin) throw new Error(`${file} has no room for figures, between ${BEGIN} and ${END}.`);
    writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${text.slice(end)}`);
    execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', file], { stdio: 'ignore' });
  }
}
