import * as z from 'zod';
import { type EnvReader, whyUnusable } from './env-reader.js';
import { parseUrl } from './url.js';

/** The only operations that run, by their ids. */
export type TrustedDocumentsConfig = Readonly<Record<string, string>>;

/** Where `/metrics` listens. */
export interface MetricsConfig {
  readonly host: string;
  readonly port: number;
}

const manifest = z.record(z.string().regex(/^sha256:[0-9a-f]{64}$/), z.string().min(1));

export function readTrustedDocuments(reader: EnvReader): TrustedDocumentsConfig | undefined {
  const path = reader.text('TRUSTED_DOCUMENTS');
  if (path === undefined) return undefined;
  try {
    return manifest.parse(JSON.parse(reader.file(path)));
  } catch (error) {
    reader.problem(
      'TRUSTED_DOCUMENTS must name a readable manifest: {"sha256:<hex>": "<document>"}.' + whyUnusable(error),
    );
    return undefined;
  }
}

export function readMetrics(reader: EnvReader): MetricsConfig | undefined {
  const metricsHost = reader.text('METRICS_HOST') ?? '127.0.0.1';
  if (reader.text('METRICS_PORT') === undefined) return undefined;
  return { host: metricsHost, port: reader.wholeNumber('METRICS_PORT', 0, 65_535, 0) };
}

/** Origins that browsers may call from. */
export function readCorsOrigins(reader: EnvReader): readonly string[] {
  const origins = (reader.text('CORS_ORIGINS') ?? '').split(',').map((origin) => origin.trim());
  return origins.filter(Boolean).map((origin) => {
    if (parseUrl(origin)?.origin !== origin) {
      reader.problem('CORS_ORIGINS must be origins such as https://example.com, without a path or a closing slash.');
    }
    return origin;
  });
}
