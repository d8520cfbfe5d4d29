/*
 * Who may import whom, from domain/ upwards. A room may import itself, the rooms listed here, and packages as ruled below.
 * The picture of the rooms is in docs/architecture.md.
 */
const ROOMS = {
  domain: [],
  crypto: ['domain'],
  weixin: ['domain', 'crypto'],
  stores: ['domain', 'crypto'],
  sessions: ['domain', 'crypto', 'weixin', 'stores'],
  phones: ['domain', 'crypto', 'weixin', 'stores', 'sessions'],
  graphql: ['domain', 'crypto', 'weixin', 'stores', 'sessions', 'phones'],
  http: ['domain', 'crypto', 'weixin', 'stores', 'sessions', 'phones', 'graphql'],
  observability: ['domain', 'stores'],
  simulator: ['domain', 'crypto'],
  playground: ['domain', 'graphql', 'http', 'client', 'simulator'],
  client: [],
  config: ['domain', 'crypto'],
};

const anyOf = (names) => `(${names.join('|')})`;

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '^src/client/example/' },
  to: { path: '^src/', pathNot: [`^src/${anyOf([room, ...allowed])}/`, '^src/package-root\\.ts$'] },
}));

/** Packages that only some rooms know. */
const packages = [
  [
    'graphql-only-in-graphql-and-http',
    '@apollo|graphql|type-graphql|graphql-jit|@escape\\.tech',
    ['graphql', 'http', 'playground'],
  ],
  ['redis-only-in-stores', 'redis|@redis', ['stores']],
  ['undici-only-in-weixin', 'undici', ['weixin']],
  ['pino-and-prom-client-only-in-observability', 'pino|prom-client', ['observability']],
  ['opentelemetry-only-in-observability', '@opentelemetry', ['observability']],
].map(([name, names, allowed]) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${anyOf([...allowed, 'app'])}/`, '^src/client/'] },
  to: { path: `node_modules/(${names})(/|$)` },
}));

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...rooms,
    ...packages,
    {
      name: 'services-know-ports-only',
      severity: 'error',
      from: { path: '^src/(sessions|phones)/' },
      to: { path: '^src/(stores/(memory|redis)/|weixin/(?!weixin-api))' },
    },
    {
      name: 'nobody-imports-app-or-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app/|main\\.ts|start\\.ts|cli/)' },
      to: { path: '^(src/app|src/cli|tools)/' },
    },
    {
      name: 'only-development-knows-simulator-and-playground',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app/development\\.ts|simulator/|playground/)' },
      to: { path: '^src/(simulator|playground)/' },
    },
    {
      name: 'observability-known-to-app-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|observability|start\\.ts)' },
      to: { path: '^src/observability/' },
    },
    {
      name: 'domain-and-client-have-no-dependency',
      severity: 'error',
      from: { path: '^src/(domain|client)/(?!example|generated)' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/client/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
