import util from 'node:util';
import type { Finding } from './finding.js';

/** How the findings are written: lines for people, or JSON. */
export type ReportFormat = 'text' | 'json';

/** Mini Programs that one line names; the line counts the others. */
const NAMED_APPS = 8;
/** Mini Programs that one finding names in JSON. */
const NAMED_APPS_IN_JSON = 1_000;

/** @param stream the destination, which decides about colours together with NO_COLOR and FORCE_COLOR */
export function report(findings: readonly Finding[], format: ReportFormat, stream: NodeJS.WritableStream): string {
  return format === 'json' ? `${JSON.stringify(inJson(findings), null, 2)}\n` : lines(findings, stream);
}

export function isAllWell(findings: readonly Finding[]): boolean {
  return findings.every(({ ok }) => ok);
}

function lines(findings: readonly Finding[], stream: NodeJS.WritableStream): string {
  const mark = (ok: boolean) =>
    ok ? util.styleText('green', '✓', { stream }) : util.styleText('red', '✗', { stream });
  return findings
    .map(({ tried, ok, found, remedy, appIds }) => {
      const subject = appIds === undefined ? tried : `${tried} for ${appsText(appIds)}`;
      return `${mark(ok)} ${subject}: ${sentence(found)}${remedy === undefined ? '' : ` ${remedy}`}\n`;
    })
    .join('');
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function appsText(appIds: readonly string[]): string {
  const named = appIds.slice(0, NAMED_APPS).join(', ');
  const others = appIds.length - NAMED_APPS;
  return others > 0 ? `${appIds.length} Mini Programs (${named} and ${others} more)` : named;
}

function inJson(findings: readonly Finding[]): object {
  return {
    ok: isAllWell(findings),
    findings: findings.map(({ appIds, ...finding }) => ({
      ...finding,
      ...(appIds !== undefined && { apps: appIds.length, appIds: appIds.slice(0, NAMED_APPS_IN_JSON) }),
    })),
  };
}
