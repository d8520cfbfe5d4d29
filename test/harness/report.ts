/** Writes what was measured beside its bound; both are milliseconds. */
export function report(what: string, measured: number, bound: number): void {
  process.stdout.write(`    ${what}: ${Math.round(measured)} ms (bound: ${Math.round(bound)} ms)\n`);
}
