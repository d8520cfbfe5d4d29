import { parseArgs } from 'node:util';
import { capacityTables } from './tables/capacity.js';
import { INPUT_NAMES, type InputName, inputsWith } from './capacity/inputs.js';
import { markdown } from './tables/table.js';

/*
 * Prints what a deployment needs: `npx tsx tools/capacity.ts --users 10e6 --logins 3`. Every input of
 * capacity/inputs.ts is an option.
 */

const { values } = parseArgs({
  options: Object.fromEntries(INPUT_NAMES.map((name) => [name, { type: 'string' as const }])),
});
const changes: Partial<Record<InputName, number>> = {};
for (const name of INPUT_NAMES) {
  const text = values[name];
  if (text === undefined) continue;
  const value = Number(text);
  if (!(value >= 0)) throw new RangeError(`--${name} takes a number that is not negative.`);
  changes[name] = value;
}
const inputs = inputsWith(changes);
for (const table of Object.values(capacityTables(inputs, [inputs.users]))) {
  process.stdout.write(`${markdown(table, (text) => text)}\n\n`);
}
