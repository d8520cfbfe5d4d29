import { readFileSync } from 'node:fs';
import { type Config, loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/env-reader.js';
import { codeIn, readme } from '../harness/readme.js';

const section = readme.section('Configuration');
const rows = section.table('variable', 'default', 'bounds', 'meaning').map((row) => ({
  name: codeIn(row['variable'])[0] ?? '',
  default: row['default'] === 'unset' ? undefined : codeIn(row['default'])[0],
  bounds: row['bounds'] ?? '',
}));

/** The variables that loadConfig reads, whatever comes of it. */
function namesRead(env: Record<string, string>): string[] {
  const names = new Set<string>();
  const recording = new Proxy(env, {
    get: (target, name) => {
      names.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  problemsWith(recording);
  return [...names];
}

function problemsWith(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const isSupported = (name: string) => !problemsWith({ [name]: '!' }).some((problem) => /not supported/.test(problem));

describe('the configuration table', () => {
  test('names every variable that the gateway reads and supports, once, and no other', () => {
    const read = new Set(
      [{}, { NODE_ENV: 'production' }, { WEIXIN_SIMULATOR: 'on' }, { PROOF_KEY_FILE: '!' }, { WEIXIN_APPS: '!' }]
        .flatMap(namesRead)
        .filter(isSupported),
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...read].toSorted());
  });

  test.each(rows.filter((row) => row.default !== undefined))(
    'says truly that $name is $default where it is unset',
    (row) => {
      expect(loadConfig({ [row.name]: row.default })).toEqual(loadConfig({}));
    },
  );

  test('calls unset only what has no default', () => {
    const unset = rows.filter((row) => row.default === undefined).map(({ name }) => name);
    // With none of these set, nothing of theirs is in the configuration.
    expect(loadConfig({})).toMatchObject<Partial<Config>>({
      weixin: { simulatorPort: undefined },
      proofKeys: undefined,
      corsOrigins: [],
      metrics: undefined,
      redis: undefined,
      trustedDocuments: undefined,
    });
    expect(unset.toSorted()).toEqual([
      'CORS_ORIGINS',
      'METRICS_PORT',
      'PROOF_KEY_FILE',
      'REDIS_URL',
      'STORE_KEYS',
      'TRUSTED_DOCUMENTS',
      'WEIXIN_APPS',
      'WEIXIN_APPS_FILE',
      'WEIXIN_SIMULATOR',
      'WEIXIN_SIMULATOR_PORT',
    ]);
  });

  test.each(rows)('gives the bounds of $name as the gateway checks them', ({ name, bounds }) => {
    const problem = problemsWith({ [name]: '!' }).find((text) => text.startsWith(`${name} must be`)) ?? '';
    const [, range] = /a whole number from (\d+ to \d+)/.exec(problem) ?? [];
    const [, values] = /one of: (.+)\.$/.exec(problem) ?? [];
    const checked = range ?? values?.split(', ');
    const written = range === undefined ? codeIn(bounds) : bounds;
    expect(checked ?? written).toEqual(written);
    // A table that gives a range where the gateway checks none would pass above.
    expect(/^\d+ to \d+$/.test(bounds)).toBe(range !== undefined);
  });

  test('gives the default of HOST in production', () => {
    const row = section
      .toString()
      .split('\n')
      .find((line) => line.startsWith('| `HOST`'));
    const { host } = loadConfig({ NODE_ENV: 'production', WEIXIN_APPS: 'wx0123456789abcdef:secret' });
    expect(codeIn(row)).toContain(host);
  });
});

describe('the table of limits that are not configurable', () => {
  const limits = section.table('limit', 'value', 'reason', 'constant').map((row) => {
    const [constant = '', file = ''] = codeIn(row['constant']);
    return { limit: row['limit'] ?? '', value: row['value'] ?? '', constant, file };
  });

  test.each(limits)('$limit: $value, as $constant in $file says', ({ value, constant, file }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const [, product] = new RegExp(`\\b${constant}\\b[^=\\n]* = ([\\d_* ]+);`).exec(source) ?? [];
    const inCode = product?.split('*').reduce((all, factor) => all * Number(factor.replaceAll('_', '')), 1);

    const [, digits = '', unit = ''] = /^([\d,]+) ?(\w*)$/.exec(value) ?? [];
    const inSeconds = constant.endsWith('_SECONDS');
    const factor = { KiB: 1024, s: inSeconds ? 1 : 1000, ms: 1, bytes: 1, '': 1 }[unit];
    expect(inCode).toBe(Number(digits.replaceAll(',', '')) * (factor ?? NaN));
  });
});
