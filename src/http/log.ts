import { pino } from 'pino';
import type { Log, LogFields } from '../domain/log.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Where log lines go. */
export interface LogDestination {
  write(line: string): void;
}

/** JSON lines of the allowed fields only, on standard output unless told otherwise. */
export function createLog(level: LogLevel, destination?: LogDestination): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    info: (fields, message) => logger.info(allowed(fields), message),
    warn: (fields, message) => logger.warn(allowed(fields), message),
    error: (fields, message) => logger.error(allowed(fields), message),
  };
}

/** The fields that a line may have, whatever else the object at hand carries. */
function allowed({ requestId, appId, endpoint, errcode, reason, url, error }: LogFields): object {
  return { requestId, appId, endpoint, errcode, reason, url, ...(error !== undefined && { error: describe(error) }) };
}

/** An error's name and stack. Its other properties may hold a request, and are left out. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, stack: error.stack, ...(error.cause !== undefined && { cause: describe(error.cause) }) };
}
