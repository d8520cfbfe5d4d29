import { loadConfig } from '../../src/config/config.js';
import { helpText } from '../../src/cli/help.js';
import { variables } from '../../src/config/variables.js';
import { codeIn, readme } from '../harness/readme.js';

const documented = readme
  .section('Configuration')
  .table('variable', 'default', 'bounds', 'meaning')
  .map((row) => codeIn(row['variable'])[0]);

describe('--help', () => {
  // The table there is held to what loadConfig reads.
  test('lists the variables of the configuration table, in its order', () => {
    expect(variables.map(({ name }) => name)).toEqual(documented);
  });

  test.each(variables.filter((row) => row.default !== undefined))(
    'says truly that $name is $default where it is unset',
    (row) => {
      expect(loadConfig({ [row.name]: row.default })).toEqual(loadConfig({}));
    },
  );

  test('fits a terminal of 100 columns', () => {
    expect(
      Math.max(
        ...helpText()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
  });
});
