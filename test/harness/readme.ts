import { readFileSync } from 'node:fs';

const FENCE = '```';

/** A table's rows below its heading, each cell by the name of its column, Markdown and all. */
export type Table = readonly Readonly<Record<string, string>>[];

interface Line {
  readonly text: string;
  /** Whether it stands in a fenced block, where a '#' makes no heading and a '|' no table. */
  readonly fenced: boolean;
}

/** A part of a page: what stands under a heading, with the headings below that one. */
export class ReadmeSection {
  readonly #page: string;
  readonly #lines: readonly Line[];

  constructor(page: string, lines: readonly Line[]) {
    this.#page = page;
    this.#lines = lines;
  }

  /** The section under this heading. */
  section(heading: string): ReadmeSection {
    const start = this.#lines.findIndex((line) => headingOf(line)?.text === heading);
    const level = headingOf(this.#lines[start])?.level;
    if (level === undefined) throw new Error(`${this.#page} has no heading "${heading}".`);
    const rest = this.#lines.slice(start + 1);
    const end = rest.findIndex((line) => (headingOf(line)?.level ?? 99) <= level);
    return new ReadmeSection(this.#page, end < 0 ? rest : rest.slice(0, end));
  }

  /** The headings one level below this section's own. */
  headings(): string[] {
    const headings = this.#lines.map(headingOf).filter((heading) => heading !== undefined);
    const top = Math.min(...headings.map(({ level }) => level));
    return headings.filter(({ level }) => level === top).map((heading) => heading.text);
  }

  /** Each heading with what stands under it, down to the next heading of whatever level. */
  parts(): { readonly heading: string; readonly body: ReadmeSection }[] {
    return this.#lines.flatMap((line, i) => {
      const heading = headingOf(line)?.text;
      if (heading === undefined) return [];
      const rest = this.#lines.slice(i + 1);
      const end = rest.findIndex((below) => headingOf(below) !== undefined);
      return [{ heading, body: new ReadmeSection(this.#page, end < 0 ? rest : rest.slice(0, end)) }];
    });
  }

  /** Every heading, in order, by its level. */
  levels(): number[] {
    return this.#lines.flatMap((line) => headingOf(line)?.level ?? []);
  }

  /** Every table, in order: its rows, the heading first and the line below that left out. */
  tables(): string[][][] {
    const rows = this.#lines.map((line) => (line.fenced || !line.text.startsWith('|') ? undefined : cells(line.text)));
    return rows.flatMap((row, i) => {
      if (row === undefined || rows[i - 1] !== undefined) return [];
      const end = rows.indexOf(undefined, i);
      return [[row, ...rows.slice(i + 2, end < 0 ? undefined : end).filter((below) => below !== undefined)]];
    });
  }

  /** The fenced blocks of every language, fences and all, in their order. */
  fences(): string[] {
    const source = this.toString();
    return [...source.matchAll(new RegExp(`^${FENCE}[^\\n]*\\n[\\s\\S]*?^${FENCE}$`, 'gm'))].map(([block]) => block);
  }

  /** The table that has exactly these columns. */
  table(...columns: readonly string[]): Table {
    const heading = this.#lines.findIndex((line) => !line.fenced && cells(line.text).join('|') === columns.join('|'));
    if (heading < 0) throw new Error(`${this.#page} has no table of ${columns.join(', ')} here.`);
    const below = this.#lines.slice(heading + 2);
    const end = below.findIndex((line) => !line.text.startsWith('|'));
    return (end < 0 ? below : below.slice(0, end)).map((line) =>
      Object.fromEntries(cells(line.text).map((cell, i) => [columns[i] ?? '', cell])),
    );
  }

  /** The fenced blocks of this language, in their order. */
  blocks(language: string): string[] {
    const source = this.#lines.map((line) => line.text).join('\n');
    return [...source.matchAll(new RegExp(`^${FENCE}${language}\\n([\\s\\S]*?)^${FENCE}$`, 'gm'))].map(
      ([, block]) => block ?? '',
    );
  }

  toString(): string {
    return this.#lines.map((line) => line.text).join('\n');
  }
}

/** A page at the root, by its file's name. */
export function page(file: string): ReadmeSection {
  return new ReadmeSection(file, linesOf(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')));
}

export const readme = page('README.md');

/** What stands between backticks in a cell. */
export function codeIn(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}

function linesOf(markdown: string): readonly Line[] {
  let fenced = false;
  return markdown.split('\n').map((line) => {
    const isFence = line.startsWith(FENCE);
    const result = { text: line, fenced: fenced || isFence };
    if (isFence) fenced = !fenced;
    return result;
  });
}

function headingOf(line: Line | undefined): { readonly level: number; readonly text: string } | undefined {
  if (line === undefined || line.fenced) return undefined;
  const [, hashes, heading] = /^(#+) (.+)$/.exec(line.text) ?? [];
  return hashes === undefined || heading === undefined ? undefined : { level: hashes.length, text: heading };
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
