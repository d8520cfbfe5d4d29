import { readFileSync } from 'node:fs';

const FENCE = '```';
const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** A table's rows below its heading, each cell by the name of its column, Markdown and all. */
export type Table = readonly Readonly<Record<string, string>>[];

interface Line {
  readonly text: string;
  /** Whether it stands in a fenced block, where a '#' makes no heading and a '|' no table. */
  readonly fenced: boolean;
}

/** A part of README.md: what stands under a heading, with the headings below that one. */
export class ReadmeSection {
  readonly #lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  /** The section under this heading. */
  section(heading: string): ReadmeSection {
    const start = this.#lines.findIndex((line) => headingOf(line)?.text === heading);
    const level = headingOf(this.#lines[start])?.level;
    if (level === undefined) throw new Error(`README.md has no heading "${heading}".`);
    const rest = this.#lines.slice(start + 1);
    const end = rest.findIndex((line) => (headingOf(line)?.level ?? 99) <= level);
    return new ReadmeSection(end < 0 ? rest : rest.slice(0, end));
  }

  /** The headings one level below this section's own. */
  headings(): string[] {
    const headings = this.#lines.map(headingOf).filter((heading) => heading !== undefined);
    const top = Math.min(...headings.map(({ level }) => level));
    return headings.filter(({ level }) => level === top).map((heading) => heading.text);
  }

  /** The table that has exactly these columns. */
  table(...columns: readonly string[]): Table {
    const heading = this.#lines.findIndex((line) => !line.fenced && cells(line.text).join('|') === columns.join('|'));
    if (heading < 0) throw new Error(`README.md has no table of ${columns.join(', ')} here.`);
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

/** README.md at the root. */
export const readme = new ReadmeSection(linesOf(text));

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
