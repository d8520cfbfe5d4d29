import { variables } from '../../src/config/variables.js';
import { code, type Table } from './table.js';

export function configurationTable(): Table {
  return {
    columns: ['variable', 'default', 'bounds', 'meaning'],
    rows: variables.map((row) => [
      code(row.name),
      row.default === undefined ? 'unset' : code(row.default),
      row.bounds,
      row.meaning,
    ]),
  };
}
