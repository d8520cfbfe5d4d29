import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import type { FailureCode } from '../../src/domain/failure.js';
import { answerTo } from '../../src/graphql/errors/answers.js';
import { ErrorCode, Remedy } from '../../src/graphql/errors/user-error.js';
import { codeIn, page, readme } from '../harness/readme.js';

/* What README.migration.md says in tables and names. Its code is run by migration-code.test.ts. */

const migration = page('README.migration.md');
const rows = migration
  .tables()
  .filter(([columns]) => columns?.at(-1) === '`remedy`')
  .flatMap(([, ...below]) => below)
  .map((cells) => ({ what: cells.slice(0, 2).join(': '), codes: codeIn(cells[2]), remedies: codeIn(cells[3]) }));

/** What the gateway may tell a client to do about this code. */
function remediesOf(code: FailureCode): readonly string[] {
  const origins = ['WX_LOGIN', 'TAP'] as const;
  return origins.map((origin) => answerTo({ code, origin, retryAfterSeconds: 1 }).remedy);
}

const inUnions = rows.flatMap(({ what, codes, remedies }) =>
  codes
    .filter((code) => code in ErrorCode)
    .map((code, i) => ({ what, code: code as FailureCode, remedy: remedies[i] })),
);

test('there is a table of errors for Weixin and for each of the four that people come from', () => {
  expect(migration.tables().filter(([columns]) => columns?.includes('`code`'))).toHaveLength(5);
  expect(new Set(inUnions.map(({ code }) => code)).size).toBeGreaterThan(6);
});

test.each(inUnions)('$what: $code leads to $remedy', ({ code, remedy }) => {
  expect(remediesOf(code)).toContain(remedy);
});

test('a code outside the unions has no remedy, and README.md describes it', () => {
  const outside = rows.filter(({ codes }) => codes.length > 0 && !codes.some((code) => code in ErrorCode));
  const described = readme
    .section('Errors')
    .table('`extensions.code`', 'HTTP', 'cause')
    .flatMap((row) => codeIn(row['`extensions.code`']));
  expect(outside.length).toBeGreaterThan(3);
  for (const { codes, remedies } of outside) {
    expect(described).toEqual(expect.arrayContaining(codes));
    expect(remedies).toEqual([]);
  }
});

test('every name in capitals is a code, a remedy or a variable of the gateway, or Node’s', () => {
  const tables = readme.tables().flatMap((table) => table.flatMap((cells) => codeIn(cells[0])));
  const known = new Set([...Object.keys(ErrorCode), ...Object.keys(Remedy), ...tables]);
  const named = [...migration.toString().matchAll(/`([A-Z]+_[A-Z_]+)(?:=\w+)?`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !known.has(name) && !name.startsWith('ERR_'))).toEqual([]);
});

test('every link leads to a heading that is there', () => {
  const links = [...migration.toString().matchAll(/\]\(((?!https:)[^)#]*)#([^)]+)\)/g)];
  const anchors = (file: string) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? [])
      .map((heading) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
  expect(links.length).toBeGreaterThan(8);
  for (const [, file, anchor] of links) {
    expect({ file, anchors: anchors(file || 'README.migration.md') }).toEqual({
      file,
      anchors: expect.arrayContaining([anchor]) as string[],
    });
  }
});

test('every block is ours and run, or headed as what others have', () => {
  const languages = migration.fences().map((block) => /^```(.*)$/m.exec(block)?.[1]);
  expect(languages).toEqual(['js', 'js', 'js excerpt', 'java excerpt', 'php excerpt', 'js excerpt', 'js']);
});
