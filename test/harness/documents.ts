import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const FENCE = '```';

/** Tables of these regions are written by `npm run emit`, in every language. */
const GENERATED = /<!-- generated: \w+ -->[\s\S]*?<!-- \/generated -->/g;

/** A document, or the part of one under a heading, as the tests read it. */
export class Page {
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** What stands under this heading, the headings below it included. */
  section(heading: string): Page {
    const lines = this.text.split('\n');
    const headings = headingsOf(lines);
    const start = headings.find(({ text }) => text === heading);
    if (start === undefined) throw new Error(`${this.path} has no heading "${heading}".`);
    const end = headings.find(({ line, level }) => line > start.line && level <= start.level);
    return new Page(this.path, lines.slice(start.line + 1, end?.line).join('\n'));
  }

  /** Every heading in order. */
  headings(): readonly { readonly level: number; readonly text: string }[] {
    return headingsOf(this.text.split('\n')).map(({ level, text }) => ({ level, text }));
  }

  /** The text under each heading, down to the next heading of any level; first what stands above all headings. */
  parts(): readonly Page[] {
    const lines = this.text.split('\n');
    const starts = [-1, ...headingsOf(lines).map(({ line }) => line)];
    return starts.map((start, i) => new Page(this.path, lines.slice(start + 1, starts[i + 1]).join('\n')));
  }

  /** The fenced blocks of this language, in order, without their fences. */
  blocks(language: string): readonly string[] {
    return [...this.text.matchAll(new RegExp(`^${FENCE}${language}\\n([\\s\\S]*?)^${FENCE}$`, 'gm'))].map(
      ([, block = '']) => block,
    );
  }

  /** The fenced blocks of all languages, with their fences. */
  fences(): readonly string[] {
    return [...this.text.matchAll(new RegExp(`^${FENCE}[^\\n]*\\n[\\s\\S]*?^${FENCE}$`, 'gm'))].map(([block]) => block);
  }

  /** Without fenced blocks and generated tables: what an author wrote in words. */
  prose(): string {
    return this.text.replaceAll(GENERATED, '').replaceAll(new RegExp(`^${FENCE}[\\s\\S]*?^${FENCE}$`, 'gm'), '');
  }

  /** The cells of every table that is not generated, row by row, the heading first. */
  tables(): readonly (readonly (readonly string[])[])[] {
    return [...this.prose().matchAll(/(?:^\|.*\|\n?)+/gm)].map(([table]) => {
      const [heading = [], , ...rows] = table.trim().split('\n').map(cells);
      return [heading, ...rows];
    });
  }
}

/** A document by its path from the project's root. */
export function page(path: string): Page {
  return new Page(path, readFileSync(new URL(path, ROOT), 'utf8'));
}

/** The names of the pages in docs/. */
export const pageNames = readdirSync(new URL('docs/', ROOT)).filter((name) => name.endsWith('.md'));

/** Every document in English. */
export const documents: readonly Page[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'src/client/README.md'],
  ...pageNames.map((name) => `docs/${name}`),
].map(page);

/** What stands between backticks. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function headingsOf(lines: readonly string[]): { line: number; level: number; text: string }[] {
  let fenced = false;
  return lines.flatMap((text, line) => {
    if (text.startsWith(FENCE)) fenced = !fenced;
    const [, hashes, heading] = fenced ? [] : (/^(#+) (.+)$/.exec(text) ?? []);
    return hashes === undefined || heading === undefined ? [] : [{ line, level: hashes.length, text: heading }];
  });
}

function cells(row: string): readonly string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
