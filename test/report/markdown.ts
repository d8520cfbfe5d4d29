import { type Bound, type Figure, isMet } from './figure.js';

/** Where a run was made. */
export interface Machine {
  readonly version: string;
  readonly commit: string;
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  /** Load average of the minute before the run: how busy others kept the machine. */
  readonly loadBefore: number;
  /** The short suites: processes do not warm up in them. */
  readonly isQuick: boolean;
}

/** How a suite went. */
export interface Outcome {
  readonly suite: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  /** What failed in it, by name; none if it passed. */
  readonly failures: readonly string[];
  /** Markdown of the suite's own, shown at the end. */
  readonly tables: string;
}

/** The report of some suites in Markdown: what is broken first, then every figure beside its bound. */
export function reportMarkdown(machine: Machine, outcomes: readonly Outcome[]): string {
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  const bounds = figures.filter((figure) => isMet(figure) !== undefined);
  const broken = bounds.filter((figure) => isMet(figure) === false);
  const failed = outcomes.filter(({ failures }) => failures.length > 0);
  const withTables = outcomes.filter(({ tables }) => tables !== '');
  return [
    `# Report of version ${machine.version}`,
    `Commit ${machine.commit}, ${machine.date}, Node ${machine.node}, ${machine.cores} cores, load average before ` +
      `${machine.loadBefore.toFixed(1)}.`,
    `${bounds.length - broken.length} of ${bounds.length} bounds are met; ${failed.length} of ${outcomes.length} suites failed.`,
    ...(machine.isQuick
      ? ['A quick run: too short for processes to warm up, so that their speed is told and held to nothing.']
      : []),
    ...(broken.length > 0 ? ['## Not met', figureTable(broken)] : []),
    ...(failed.length > 0 ? ['## Failed', ...failed.map(failureList)] : []),
    ...outcomes.flatMap(({ suite, seconds, figures }) => [
      `## ${suite}`,
      `${Math.round(seconds)} s.`,
      ...(figures.length > 0 ? [figureTable(figures)] : []),
    ]),
    ...withTables.flatMap(({ suite, tables }) => [`## Tables: ${suite}`, tables.trim()]),
    '',
  ].join('\n\n');
}

/** Figures as a table; those of a suite with several files have a column for the file. */
export function figureTable(figures: readonly Figure[]): string {
  const withFile = figures.some(({ file }) => file !== undefined);
  const head = ['figure', 'measured', 'bound', 'met', ...(withFile ? ['file'] : [])];
  const rows = figures.map((figure) => {
    const met = isMet(figure);
    const verdict = met === undefined ? '' : met ? 'yes' : '**no**';
    return [figure.what, valueText(figure), boundText(figure), verdict, ...(withFile ? [figure.file ?? ''] : [])];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

/** The measured value with its unit and, if there is one, its range. */
export function valueText({ measured, unit, range }: Figure): string {
  if (measured === null || !Number.isFinite(measured)) return 'nothing';
  const spread = range === undefined ? '' : ` (${range.map(rounded).join(' to ')})`;
  return `${rounded(measured)} ${unit}${spread}`.trim();
}

/** The bound with its unit; empty if there is none. */
export function boundText({ atMost, atLeast, unit }: Bound & Pick<Figure, 'unit'>): string {
  const text = (words: string, bound?: number) =>
    bound === undefined ? [] : [`${words} ${rounded(bound)} ${unit}`.trim()];
  return [...text('at most', atMost), ...text('at least', atLeast)].join(', ');
}

/** Three digits, or all that stand before the point. */
export function rounded(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function failureList({ suite, failures }: Outcome): string {
  return failures.map((failure) => `- ${suite}: ${failure}`).join('\n');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
