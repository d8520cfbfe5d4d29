/**
 * What a log line may say, and nothing else: the implementation drops every other field. None of these can hold a session
 * key, a secret, a token, a code or a phone number.
 */
export interface LogFields {
  readonly requestId?: string;
  /** The request's place in a distributed trace: W3C Trace Context. */
  readonly traceparent?: string | undefined;
  readonly appId?: string;
  /** A path of Weixin's server API, without its query. */
  readonly endpoint?: string;
  readonly errcode?: number;
  readonly reason?: string;
  readonly url?: string;
  /** How many lines like this one were counted, and not written, since the last one. */
  readonly repeated?: number;
  /** For what nobody expected: its name, message and stack. */
  readonly error?: unknown;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
