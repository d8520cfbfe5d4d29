import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { noSpan, type Span, type SpanOutcome, type Tracing } from '../../domain/tracing.js';
import { RedisRounds } from './redis-rounds.js';
import {
  operationAttributes,
  outcomeAttributes,
  redisAttributes,
  redisOutcomeAttributes,
  requestAttributes,
  requestName,
  weixinAttributes,
} from './span-attributes.js';

/** What the work at hand belongs to. */
interface Scope {
  readonly context: Context;
  /** Of the request. */
  readonly rounds: RedisRounds;
}

type OnEnd = (outcome: SpanOutcome) => Attributes;

/**
 * Spans by OpenTelemetry. Nothing is registered globally and nothing is patched: a span is the child of the one within which
 * it starts, which AsyncLocalStorage tells. What belongs to no request, such as a look at Redis, has no span.
 */
export class OpenTelemetryTracing implements Tracing {
  readonly #tracer: Tracer;
  readonly #scopes = new AsyncLocalStorage<Scope>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  request(method: string, route: string | undefined, parent: string | undefined): Span {
    const rounds = new RedisRounds();
    const scope = { context: parent === undefined ? ROOT_CONTEXT : remote(parent), rounds };
    const options = { kind: SpanKind.SERVER, attributes: requestAttributes(method, route) };
    return this.#start(scope, requestName(method, route), options, () => rounds.attributes);
  }

  operation(type: string, field: string): Span {
    const scope = this.#scopes.getStore();
    if (scope === undefined) return noSpan;
    return this.#start(scope, `${type} ${field}`, { attributes: operationAttributes(type, field) });
  }

  redisCommand(command: string): Span {
    const scope = this.#scopes.getStore();
    if (scope === undefined) return noSpan;
    const answered = scope.rounds.begin();
    const options = { kind: SpanKind.CLIENT, attributes: redisAttributes(command) };
    return this.#start(scope, command, options, ({ error }) => {
      answered();
      return error === undefined ? {} : redisOutcomeAttributes(error);
    });
  }

  weixinCall(method: string, url: string): Span {
    const scope = this.#scopes.getStore();
    if (scope === undefined) return noSpan;
    const options = { kind: SpanKind.CLIENT, attributes: weixinAttributes(method, url) };
    return this.#start(scope, `${method} ${new URL(url).pathname}`, options);
  }

  #start(scope: Scope, name: string, options: SpanOptions, onEnd?: OnEnd): Span {
    const span = this.#tracer.startSpan(name, options, scope.context);
    if (!span.isRecording()) return this.#unrecorded(span);
    const inside = { context: trace.setSpan(scope.context, span), rounds: scope.rounds };
    return {
      traceparent: traceparentOf(span),
      within: (work) => this.#scopes.run(inside, work),
      end: (outcome) => {
        span.setAttributes({ ...outcomeAttributes(outcome), ...onEnd?.(outcome) });
        if (outcome.error !== undefined || (outcome.status ?? 0) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  /** The sampler left it out: what is within it has no spans either. */
  #unrecorded(span: OtelSpan): Span {
    return { ...noSpan, traceparent: traceparentOf(span), within: (work) => this.#scopes.exit(work) };
  }
}

/** The caller's span. Its tracestate is not taken over: a client can write anything into it. */
function remote(traceparent: string): Context {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true });
}

/** Source: W3C Trace Context, section 3.2. */
function traceparentOf(span: OtelSpan): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
