import { basename } from 'node:path';
import { type Bound, record } from '../report/figure.js';
import { boundText, valueText } from '../report/markdown.js';

/** Writes what was measured beside its bound, in milliseconds unless told otherwise, and records it for `npm run report`. */
export function report(
  what: string,
  measured: number,
  { unit = 'ms', ...bound }: Bound & { readonly unit?: string } = {},
): void {
  const { testPath } = expect.getState();
  const figure = { what, measured, unit, ...bound, ...(testPath !== undefined && { file: basename(testPath) }) };
  record(figure);
  const goal = boundText(figure);
  process.stdout.write(`    ${what}: ${valueText(figure)}${goal === '' ? '' : ` (bound: ${goal})`}\n`);
}
