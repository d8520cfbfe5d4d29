import { pino } from 'pino';
import type { Log, LogFields, LogLevel } from '../domain/log.js';
import { RepeatedLines, type RepeatedLinesOptions } from './repeated-lines.js';

/** Destination of log lines. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * Creates a log of JSON lines with the allowed fields only, on standard output by default. Repeated lines about Weixin
 * are counted instead of written.
 */
export function createLog(
  level: LogLevel,
  destination?: LogDestination,
  repeats: RepeatedLinesOptions = {
    now: () => performance.now(),
    schedule: (work, after) => setTimeout(work, after).unref(),
  },
): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const lines = new RepeatedLines(repeats);
  const write = (of: 'info' | 'warn' | 'error') => {
    const atOnce = (fields: LogFields, message: string) => logger[of](allowed(fields), message);
    return (fields: LogFields, message: string) => lines.write(atOnce, fields, message);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** Picks the allowed fields; an object may carry others at run time. */
function allowed({
  requestId,
  traceparent,
  appId,
  endpoint,
  errcode,
  client,
  outcome,
  reason,
  command,
  url,
  repeated,
  error,
}: LogFields): object {
  return {
    requestId,
    traceparent,
    appId,
    endpoint,
    errcode,
    client,
    outcome,
    reason,
    command,
    url,
    repeated,
    ...(error !== undefined && { error: describe(error) }),
  };
}

/** Code of a system's or library's error, such as ECONNREFUSED. */
export const ERROR_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/**
 * Describes an error by its name, code, stack frames and cause. Its message and other properties are left out: they may
 * quote input, as those of JSON.parse do.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === 'string' && ERROR_CODE.test(code) && { code }),
    at: (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}
