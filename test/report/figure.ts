import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What a figure has to hold to, in its own unit. Neither: it is told, and holds to nothing. */
export interface Bound {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Something measured, beside its bound. */
export interface Figure extends Bound {
  readonly what: string;
  /** Null: there was nothing to measure, or no end to it. */
  readonly measured: number | null;
  readonly unit: string;
  /** The least and the most of several measurements, of which `measured` is the median. */
  readonly range?: readonly [least: number, most: number];
  /** The file of the test that measured it, if a suite has several. */
  readonly file?: string;
}

/** The environment variable that names a file for figures. `npm run report` sets it for each suite. */
export const FIGURES_FILE = 'FIGURES_FILE';

/** Appends a figure to the file that the environment names, if it names one: JSON, one figure a line. */
export function record(figure: Figure): void {
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** The figures in this file, in the order in which they were recorded. */
export function recorded(file: string): Figure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Figure);
}

/** Whether a figure holds to its bound; undefined if it has none. */
export function isMet({ measured, atMost, atLeast }: Figure): boolean | undefined {
  if (atMost === undefined && atLeast === undefined) return undefined;
  return measured !== null && measured <= (atMost ?? Infinity) && measured >= (atLeast ?? -Infinity);
}
