import type { BackendOutcome } from './metrics.js';

/**
 * Fields of a log line; the implementation drops all others. None of them may hold a session key, a secret, a token, a
 * code or a phone number.
 */
export interface LogFields {
  readonly requestId?: string;
  /** The request's traceparent (W3C Trace Context). */
  readonly traceparent?: string | undefined;
  readonly appId?: string;
  /** A path of Weixin's server API without its query, or of the door for back ends. */
  readonly endpoint?: string;
  readonly errcode?: number;
  /** Which of the configured back ends called. */
  readonly client?: string;
  /** What a back end was answered. */
  readonly outcome?: BackendOutcome;
  readonly reason?: string;
  /** The name of a command of Redis, without its arguments. */
  readonly command?: string;
  readonly url?: string;
  /** Number of equal lines that were counted instead of written since the last one. */
  readonly repeated?: number;
  /** An unexpected error; the log shows its name, code and stack, never its message. */
  readonly error?: unknown;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
