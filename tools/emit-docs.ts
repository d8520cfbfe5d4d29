import { readdir, readFile } from 'node:fs/promises';
import type { GraphQLSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';
import { PACKAGE_ROOT } from './package-root.js';
import { inputsWith } from './capacity/inputs.js';
import { alertsTable } from './tables/alerts.js';
import { auditsTable } from './tables/audits.js';
import { capacityTables, SCALES } from './tables/capacity.js';
import { configurationTable } from './tables/configuration.js';
import { errcodesTable } from './tables/errcodes.js';
import { errorsTable, remediesTable } from './tables/errors.js';
import { limitsTable } from './tables/limits.js';
import { metricsTable } from './tables/metrics.js';
import { markdown, type Table } from './tables/table.js';

/** Generated region of a page: `<!-- generated: NAME -->` to `<!-- /generated -->`. */
const REGION = /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/** Chinese for the English texts of the tables. A text without an entry stays English. */
const CHINESE = 'docs/zh/tables.json';

type Tables = ReadonlyMap<string, Table>;
type Translate = (text: string) => string;

/** Renders every page of docs/ with the tables of this schema and of the sources, by path. */
export async function documents(schema: GraphQLSchema): Promise<Record<string, string>> {
  const tables: Tables = new Map([
    ['configuration', configurationTable()],
    ['errors', errorsTable(schema)],
    ['remedies', remediesTable(schema)],
    ['errcodes', errcodesTable()],
    ['limits', limitsTable()],
    ['metrics', metricsTable()],
    ['alerts', alertsTable()],
    ['audits', auditsTable()],
    ...Object.entries(capacityTables(inputsWith(), SCALES)),
  ]);
  const chinese = new Map(Object.entries(JSON.parse(await read(CHINESE)) as Record<string, string>));
  tellOfMissingTexts(tables, chinese);
  return {
    ...(await pages('docs/', tables, (text) => text)),
    ...(await pages('docs/zh/', tables, (text) => chinese.get(text) ?? text)),
  };
}

/** Reports missing and unused translations. They are no errors: the page shows the English text. */
function tellOfMissingTexts(tables: Tables, chinese: ReadonlyMap<string, string>): void {
  const texts = [...tables.values()].flatMap(({ columns, rows }) => [...columns, ...rows.flat()]);
  const inWords = texts.filter((text) => /[a-z]{2,} [a-z]/i.test(text.replaceAll(/`[^`]*`/g, '')));
  for (const text of new Set(inWords.filter((each) => !chinese.has(each)))) tell(`has no Chinese for: ${text}`);
  for (const text of chinese.keys()) if (!texts.includes(text)) tell(`is in no table: ${text}`);
}

function tell(message: string): void {
  process.stderr.write(`${CHINESE}: ${message}\n`);
}

async function pages(folder: string, tables: Tables, translate: Translate): Promise<Record<string, string>> {
  const paths = (await readdir(new URL(folder, PACKAGE_ROOT)))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name}`);
  const contents = await Promise.all(paths.map(async (path) => filled(path, await read(path), tables, translate)));
  return Object.fromEntries(paths.map((path, i) => [path, contents[i] ?? '']));
}

async function filled(path: string, page: string, tables: Tables, translate: Translate): Promise<string> {
  const text = page.replaceAll(REGION, (_region, begin: string, name: string, end: string) => {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`${path}: there is no table "${name}".`);
    return `${begin}\n${markdown(table, translate)}\n\n${end}`;
  });
  const file = new URL(path, PACKAGE_ROOT);
  return text === page ? page : format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

async function read(path: string): Promise<string> {
  return readFile(new URL(path, PACKAGE_ROOT), 'utf8');
}
