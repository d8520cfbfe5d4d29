import type { Milliseconds } from './clock.js';
import type { Secret } from './secret.js';

/** Which requests are traced. `parent`: as the caller's traceparent says; without one, the root decides. */
export interface SamplerSettings {
  readonly root: 'always_on' | 'always_off' | 'traceidratio';
  readonly isParentBased: boolean;
  /** Share of the traces, 0 to 1; for `traceidratio`. */
  readonly ratio: number;
}

/** Where spans go, and as what. */
export interface TracingSettings {
  /** URL that takes traces by OTLP/HTTP. Some services have a token in its path. */
  readonly endpoint: Secret;
  /** Headers that go along, such as an API key. */
  readonly headers: ReadonlyMap<string, Secret>;
  readonly protocol: 'http/protobuf' | 'http/json';
  /** For one export, its repetitions included. */
  readonly timeout: Milliseconds;
  /** Attributes of this process, its name included. */
  readonly resource: ReadonlyMap<string, string>;
  readonly sampler: SamplerSettings;
}
