import type { SamplerSettings } from '../domain/tracing-settings.js';
import { fail, succeed } from '../domain/result.js';
import { choice, oneOf, wholeNumber } from './parsers.js';
import { parsePlainUrl } from './url.js';
import { type Parser, variable } from './variable.js';

const collectorUrl: Parser<URL> = {
  bounds: 'an http or https URL',
  parse: (text, { name }) => {
    const url = parsePlainUrl(text);
    return url === undefined
      ? fail([`${name} must be an http or https URL without credentials and a fragment.`])
      : succeed(url);
  },
};

/** A name of a header or of an attribute. */
const KEY = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,255}$/;
const MAX_PAIRS = 64;

/**
 * Pairs as OpenTelemetry writes them; values are percent-encoded.
 * Source: OpenTelemetry specification, "Resource SDK" and "OTLP Exporter Configuration".
 */
const pairs: Parser<ReadonlyMap<string, string>> = {
  bounds: '`key=value[,key=value…]`, percent-encoded',
  parse: (text, { name }) => {
    const parts = text.split(',').filter((part) => part.trim() !== '');
    const parsed = parts.map(pairOf);
    const known = parsed.filter((pair) => pair !== undefined);
    if (known.length === parsed.length && known.length <= MAX_PAIRS) return succeed(new Map(known));
    return fail([
      `${name} must be at most ${MAX_PAIRS} pairs key=value, separated by commas, with percent-encoded values.`,
    ]);
  },
};

function pairOf(part: string): readonly [string, string] | undefined {
  const at = part.indexOf('=');
  const key = part.slice(0, Math.max(0, at)).trim();
  const value = decoded(part.slice(at + 1).trim());
  return KEY.test(key) && value !== undefined && /^[^\0\r\n]*$/.test(value) ? [key, value] : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

type Sampler = Omit<SamplerSettings, 'ratio'>;

const samplers = choice<Sampler>({
  always_on: { root: 'always_on', isParentBased: false },
  always_off: { root: 'always_off', isParentBased: false },
  traceidratio: { root: 'traceidratio', isParentBased: false },
  parentbased_always_on: { root: 'always_on', isParentBased: true },
  parentbased_always_off: { root: 'always_off', isParentBased: true },
  parentbased_traceidratio: { root: 'traceidratio', isParentBased: true },
});

/** All six of them would not fit the line of --help. */
const sampler = { ...samplers, bounds: 'a sampler of OpenTelemetry' };

const share: Parser<number> = {
  bounds: 'a number from `0` to `1`',
  parse: (text, { name }) => {
    const number = /^\d{0,1}(?:\.\d{1,18})?$/.test(text) ? Number(text) : NaN;
    return number >= 0 && number <= 1 ? succeed(number) : fail([`${name} must be a number from 0 to 1.`]);
  },
};

const protocol = oneOf('http/protobuf', 'http/json');
const timeout = wholeNumber(1, 60_000);

/** OpenTelemetry's own variables for traces, with its own defaults. */
export const tracingVariables = {
  tracing: {
    disabled: variable('OTEL_SDK_DISABLED', choice({ true: true, false: false }), {
      default: 'false',
      meaning: '`true`: no tracing, whatever the other variables say.',
    }),
    exporter: variable('OTEL_TRACES_EXPORTER', oneOf('otlp', 'none'), {
      default: 'otlp',
      meaning: '`none`: no tracing, whatever the other variables say.',
    }),
    endpoint: variable('OTEL_EXPORTER_OTLP_ENDPOINT', collectorUrl, {
      meaning:
        'OpenTelemetry collector (OTLP over HTTP), to whose URL `/v1/traces` is appended; if unset, there is no tracing.',
      isSecret: true,
    }),
    tracesEndpoint: variable('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', collectorUrl, {
      meaning: 'The same for traces alone: the URL is used as it is, and comes first.',
      isSecret: true,
    }),
    headers: variable('OTEL_EXPORTER_OTLP_HEADERS', pairs, {
      meaning: 'Headers for the collector, such as an API key.',
      isSecret: true,
    }),
    tracesHeaders: variable('OTEL_EXPORTER_OTLP_TRACES_HEADERS', pairs, {
      meaning: 'The same for traces alone; a header of the same name comes first.',
      isSecret: true,
    }),
    protocol: variable('OTEL_EXPORTER_OTLP_PROTOCOL', protocol, {
      default: 'http/protobuf',
      meaning: 'Encoding of the spans.',
    }),
    tracesProtocol: variable('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', protocol, {
      meaning: 'The same for traces alone; comes first.',
    }),
    timeout: variable('OTEL_EXPORTER_OTLP_TIMEOUT', timeout, {
      default: '10000',
      meaning: 'Milliseconds for one export, its repetitions included.',
    }),
    tracesTimeout: variable('OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', timeout, {
      meaning: 'The same for traces alone; comes first.',
    }),
    serviceName: variable(
      'OTEL_SERVICE_NAME',
      { bounds: 'a text', parse: (text) => succeed(text) },
      {
        meaning:
          '`service.name` of the spans; if unset, the one in `OTEL_RESOURCE_ATTRIBUTES`, or `weixin-phone-gateway`.',
      },
    ),
    resource: variable('OTEL_RESOURCE_ATTRIBUTES', pairs, {
      meaning: 'Further attributes of this process, such as `deployment.environment.name`.',
    }),
    sampler: variable('OTEL_TRACES_SAMPLER', sampler, {
      default: 'parentbased_always_on',
      meaning:
        'Which requests are traced: `always_on`, `always_off`, `traceidratio`; with `parentbased_` in front those that the caller traces, and of the others as named.',
    }),
    samplerArgument: variable('OTEL_TRACES_SAMPLER_ARG', share, {
      default: '1',
      meaning: 'Share of the traces for `…traceidratio`.',
    }),
  },
};
