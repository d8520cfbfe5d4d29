/** Writes what was measured beside its bound; both are milliseconds, unless told otherwise. */
export function report(what: string, measured: number, bound: number, unit = 'ms'): void {
  process.stdout.write(`    ${what}: ${Math.round(measured)} ${unit} (bound: ${Math.round(bound)} ${unit})\n`);
}
