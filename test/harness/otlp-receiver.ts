import { startScriptedServer } from './scripted-server.js';

/** A span as a collector got it, by OTLP's JSON. */
export interface ReceivedSpan {
  readonly name: string;
  /** 1: internal, 2: server, 3: client. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly traceState: string | undefined;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly isError: boolean;
}

/** A collector that takes spans by OTLP over HTTP. */
export interface OtlpReceiver {
  readonly origin: string;
  /** Bodies as they came. */
  readonly bodies: Buffer[];
  /** Headers of each export. */
  readonly headers: NodeJS.Dict<string | string[]>[];
  /** Spans of exports in JSON. */
  readonly spans: ReceivedSpan[];
  /** Attributes of the process that sent the last ones. */
  resource: Readonly<Record<string, string | number>>;
  close(): Promise<void>;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

interface SentSpan extends Omit<ReceivedSpan, 'attributes' | 'isError'> {
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number };
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const server = await startScriptedServer((response, request) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      receiver.bodies.push(body);
      receiver.headers.push(request.headers);
      const isJson = request.headers['content-type'] === 'application/json';
      if (isJson && request.url === '/v1/traces') take(JSON.parse(body.toString()) as Export);
      response.writeHead(request.url === '/v1/traces' ? 200 : 404).end();
    });
  });
  const receiver: OtlpReceiver = {
    origin: server.origin,
    bodies: [],
    headers: [],
    spans: [],
    resource: {},
    close: () => server.close(),
  };
  const take = ({ resourceSpans }: Export) => {
    for (const { resource, scopeSpans } of resourceSpans) {
      receiver.resource = valuesOf(resource.attributes);
      for (const { spans } of scopeSpans) receiver.spans.push(...spans.map(received));
    }
  };
  return receiver;
}

function received({ attributes, status, parentSpanId, ...span }: SentSpan): ReceivedSpan {
  return {
    ...span,
    parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
    attributes: valuesOf(attributes),
    isError: status.code === 2,
  };
}

function valuesOf(attributes: readonly Attribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );
}
