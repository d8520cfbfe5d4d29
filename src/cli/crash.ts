import type { Log } from '../domain/log.js';

/**
 * Has what nobody caught end the process with status 1 and one line in the log, whose fields are those of every other line:
 * an error's message may quote a secret. Nobody knows what such an error left half done, so nothing is finished first.
 */
export function endOnCrash(log: Log): void {
  const end = (reason: string) => (error: unknown) => {
    // Also where the line cannot be written.
    try {
      log.error({ error, reason }, 'unexpected error: the process ends');
    } finally {
      process.exit(1);
    }
  };
  process.on('uncaughtException', end('uncaught exception'));
  process.on('unhandledRejection', end('unhandled rejection'));
}
