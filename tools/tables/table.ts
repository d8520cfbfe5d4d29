/** A table of a document, in English, each cell Markdown. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown, each cell as `translate` gives it. */
export function markdown({ columns, rows }: Table, translate: (text: string) => string): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => escaped(translate(cell))).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
