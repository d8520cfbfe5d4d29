import { helpText } from '../../src/cli/help.js';
import { variables } from '../../src/config/variables.js';

const lines = helpText().split('\n');

test.each(variables)('--help has $name with its default, what it takes and what it means', (row) => {
  const at = lines.findIndex((line) => line.startsWith(`  ${row.name} `));
  const end = lines.findIndex((line, i) => i > at && /^(?: {2}\S|$)/.test(line));
  const words = lines.slice(at, end).map((line) => line.trim());
  const inText = (text: string) => text.replaceAll('`', '');
  const byDefault = row.default === undefined ? '' : ` [${row.default}]`;
  expect(words[0]).toMatch(/^\S+ {2,}/);
  expect(words[0]?.replace(/^\S+ +/, '')).toBe(inText(row.bounds) + byDefault);
  expect(words.slice(1).join(' ')).toBe(inText(row.meaning));
});

test('--help fits a terminal of 100 columns', () => {
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});
