/** How the work of a span ended. Values come from the schema, the routes, Weixin's errcodes and Redis's error words. */
export interface SpanOutcome {
  /** Status of the HTTP answer; undefined if none was sent. */
  readonly status?: number | undefined;
  /** Type of an operation's answer; ERROR if it is no member of the union. */
  readonly result?: string;
  /** ErrorCode of an operation's answer. */
  readonly code?: string;
  /** Of Weixin's answer. */
  readonly errcode?: number | undefined;
  /** Kind of failure; undefined for an outcome that needs nobody's attention. */
  readonly error?: string | undefined;
}

/** A piece of work of one request. */
export interface Span {
  /** This span as W3C Trace Context, for headers and the log; undefined if tracing is off. */
  readonly traceparent: string | undefined;
  /** Runs work whose spans are children of this one, however long it takes. */
  within<T>(work: () => T): T;
  /** Ends the span; later calls have no effect. */
  end(outcome: SpanOutcome): void;
}

/**
 * Spans for the operator. No parameter may hold a secret, a token, a code, a phone number or text of a client: routes and
 * fields are ours, and a document, its variables and a URL's query are never passed.
 */
export interface Tracing {
  /**
   * Starts the span of a request to one of the gateway's servers.
   *
   * @param method of HTTP
   * @param route the path that it matched; undefined: none
   * @param parent the caller's valid traceparent
   */
  request(method: string, route: string | undefined, parent: string | undefined): Span;

  /** Starts the span of a root field. */
  operation(type: 'query' | 'mutation' | 'subscription', field: string): Span;

  /** Starts the span of a command to Redis: its name, without arguments. */
  redisCommand(command: string): Span;

  /**
   * Starts the span of a call to Weixin.
   *
   * @param url without its query, which holds secrets
   */
  weixinCall(method: string, url: string): Span;
}

/** Work that is not traced. */
export const noSpan: Span = { traceparent: undefined, within: (work) => work(), end: () => undefined };

/** Traces nothing. */
export const noTracing: Tracing = {
  request: () => noSpan,
  operation: () => noSpan,
  redisCommand: () => noSpan,
  weixinCall: () => noSpan,
};
