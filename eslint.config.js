import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Which rooms of src/ a room may import from, itself aside; the files beside the rooms may import from all of them. */
const rooms = {
  domain: [],
  crypto: ['domain'],
  weixin: ['domain', 'crypto'],
  stores: ['domain', 'crypto'],
  sessions: ['domain', 'crypto', 'weixin', 'stores'],
  phones: ['domain', 'crypto', 'weixin', 'stores', 'sessions'],
  graphql: ['domain', 'crypto', 'weixin', 'stores', 'sessions', 'phones'],
  http: ['domain', 'crypto', 'weixin', 'stores', 'sessions', 'phones', 'graphql'],
  client: [],
  page: ['client'],
};

const graphqlPackages = ['@apollo/*', 'graphql', 'graphql/*', 'type-graphql', '@escape.tech/*'];
const onlyGateway = {
  regex: '/simulator/',
  message: 'Only gateway.ts knows the simulator; everything else meets a Weixin over HTTP.',
};
/** sessions/ and phones/ know the ports, not what implements them. */
const onlyPorts = { regex: '/(stores/(memory|redis)/|weixin/(?!weixin-api))', message: 'Import the port.' };

function importRules(room, allowed) {
  const others = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${[...others, 'main', 'start', 'gateway', 'config', 'demo'].join('|')})(/|\\.js$)`,
      message: 'See the rooms in README.md.',
    },
    onlyGateway,
  ];
  if (room === 'sessions' || room === 'phones') patterns.push(onlyPorts);
  if (room !== 'graphql' && room !== 'http') {
    patterns.push({ group: graphqlPackages, message: 'Only graphql/, http/ and gateway.ts know GraphQL.' });
  }
  if (room === 'domain') patterns.push({ regex: '^(?!\\.{1,2}/)', message: 'domain/ imports nothing.' });
  if (room === 'client' || room === 'page')
    patterns.push({ regex: '^(?!\\.{1,2}/)', message: `${room}/ has no dependency.` });
  return {
    files: [`src/${room}/**/*.ts`],
    // The example is a Mini Program that has the client installed.
    ignores: ['src/client/generated/**', 'src/client/example/**', 'src/weixin/simulator/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'dist-bench/', 'coverage/', 'src/client/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.json',
          'src/client/tsconfig.json',
          'src/client/example/tsconfig.json',
          'src/page/tsconfig.json',
          'src/http/explorer/browser/tsconfig.json',
          'test/tsconfig.json',
        ],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Ports are asynchronous; an implementation in memory has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly' } } },
  ...Object.entries(rooms).map(([room, allowed]) => importRules(room, allowed)),
  {
    files: ['src/**/*.ts'],
    ignores: ['src/start.ts', 'src/demo.ts', 'src/emit-schema.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only start.ts reads it.' }],
    },
  },
  {
    files: ['test/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-standalone-expect': 'off',
      'jest/valid-title': 'off',
    },
  },
  // A contract suite is exported to the tests of every implementation.
  { files: ['test/**/contract/*.ts'], rules: { 'jest/no-export': 'off' } },
);
