import { loadConfig } from '../../src/config/config.js';
import { helpText, variables } from '../../src/cli/help.js';
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

  test.each(variables.filter(({ fallback }) => fallback !== undefined))(
    'says truly that $name is $fallback where it is unset',
    ({ name, fallback }) => {
      expect(loadConfig({ [name]: fallback })).toEqual(loadConfig({}));
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
