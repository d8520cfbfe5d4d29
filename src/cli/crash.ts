import type { Log } from '../domain/log.js';

/**
 * Exits with status 1 on uncaught errors, logging one redacted line: an error's message may quote a secret. Requests in
 * flight are dropped, because the state that such an error leaves is unknown.
 */
export function endOnCrash(log: Log): void {
  const end = (reason: string) => (error: unknown) => {
    // Exits even if the line cannot be written.
    try {
      log.error({ error, reason }, 'unexpected error: the process ends');
    } finally {
      process.exit(1);
    }
  };
  process.on('uncaughtException', end('uncaught exception'));
  process.on('unhandledRejection', end('unhandled rejection'));
}
