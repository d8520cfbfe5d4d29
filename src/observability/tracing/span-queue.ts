import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Milliseconds } from '../../domain/clock.js';

/** Spans that wait for an export; one more is dropped. */
export const MAX_WAITING = 2_048;
/** Spans of one export. */
export const MAX_BATCH = 512;
/** Longest wait for a full batch. */
const EXPORT_EVERY: Milliseconds = 5_000;

export interface SpanQueueOptions {
  readonly exporter: SpanExporter;
  /** For one export. */
  readonly timeout: Milliseconds;
  /** Told of spans that the collector took. */
  readonly onExported: (count: number) => void;
  /**
   * Told of spans that are lost.
   *
   * @param error of the exporter; undefined: the queue was full
   */
  readonly onLost: (count: number, error: Error | undefined) => void;
}

/** OpenTelemetry's batches, with a count of what becomes of each span: its own processor drops spans without a word. */
export class SpanQueue implements SpanProcessor {
  readonly #options: SpanQueueOptions;
  readonly #batches: SpanProcessor;
  #waiting = 0;

  constructor(options: SpanQueueOptions) {
    const { exporter, timeout } = options;
    this.#options = options;
    this.#batches = new BatchSpanProcessor({
      exporter: {
        export: (spans, done) => this.#export(spans, done),
        shutdown: () => exporter.shutdown(),
      },
      maxQueueSize: MAX_WAITING,
      maxExportBatchSize: MAX_BATCH,
      scheduledDelayMillis: EXPORT_EVERY,
      exportTimeoutMillis: timeout,
    });
  }

  onStart(): void {
    // Nothing is known of a span before it ends.
  }

  onEnd(span: ReadableSpan): void {
    if (this.#waiting >= MAX_WAITING) {
      this.#options.onLost(1, undefined);
      return;
    }
    this.#waiting += 1;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  /** Exports what is waiting. */
  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  #export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const { exporter, onExported, onLost } = this.#options;
    this.#waiting -= spans.length;
    exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) onExported(spans.length);
      else onLost(spans.length, result.error);
      done(result);
    });
  }
}
