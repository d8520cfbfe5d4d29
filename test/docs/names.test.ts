import 'reflect-metadata';
import { variables } from '../../src/config/variables.js';
import { ErrorCode, Remedy } from '../../src/graphql/errors/user-error.js';
import { codeIn, documents, page } from '../harness/documents.js';

/** Codes that are not the schema's: of GraphQL errors outside the unions, of the client, and of Node. */
const tables = [page('docs/errors.md').section('Errors outside the unions'), page('docs/mini-program.md')];
const others = tables.flatMap((part) => part.tables().flatMap((table) => table.flatMap((row) => row.flatMap(codeIn))));
const known = new Set([
  ...variables.map(({ name }) => name),
  ...Object.keys(ErrorCode),
  ...Object.keys(Remedy),
  ...others,
]);

/** Variables of the tools, not of the gateway. */
const TOOLS = ['CHROMIUM', 'FAILOVER_KILLS', 'FAILOVER_RATE', 'FUZZ_MILLIONS', 'FUZZ_SEED', 'NODE_EXTRA_CA_CERTS'];
/** Reasons in lines of the log. */
const REASONS = ['CONNECTION_LOST', 'FOREIGN_KEYS', 'KEY_RING_ROLLED_BACK', 'UNKNOWN_COMMAND'];

test.each(documents)('every name in capitals in $path is a variable or a code that exists', ({ path, text }) => {
  const names = [...text.matchAll(/`([A-Z]+_[A-Z_]+)(?:=\w*)?`/g)].map(([, name = '']) => name);
  const unknown = names.filter((name) => ![...known, ...TOOLS, ...REASONS].includes(name) && !name.startsWith('ERR_'));
  // A changelog tells of names that are gone.
  expect(path === 'CHANGELOG.md' ? [] : unknown).toEqual([]);
});
