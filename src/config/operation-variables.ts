import * as z from 'zod';
import { contentOf, hostName, oneOf, port, seconds, wholeNumber } from './parsers.js';
import { origins } from './url.js';
import { variable } from './variable.js';

const manifest = z.record(z.string().regex(/^sha256:[0-9a-f]{64}$/), z.string().min(1));

const trustedDocuments = contentOf(
  'a readable manifest: {"sha256:<hex>": "<document>"}',
  'a JSON file: `{"sha256:<hex>": "<document>"}`',
  (content): Readonly<Record<string, string>> => manifest.parse(JSON.parse(content)),
);

/** Access to the API, and monitoring. */
export const operationVariables = {
  trustedDocuments: variable('TRUSTED_DOCUMENTS', trustedDocuments, {
    meaning: 'A persisted-documents manifest: only the operations in it run, by text or by id.',
  }),
  metrics: {
    host: variable('METRICS_HOST', hostName, {
      default: '127.0.0.1',
      meaning: 'Address that `/metrics` listens on.',
    }),
    port: variable('METRICS_PORT', port, {
      meaning: 'Port of `/metrics`; if unset, there are no metrics.',
    }),
  },
  corsOrigins: variable('CORS_ORIGINS', origins, {
    meaning: 'Origins that browsers may call from; a Mini Program needs none.',
  }),
  trustProxy: variable('TRUST_PROXY', wholeNumber(0, 16), {
    default: '0',
    meaning:
      "Number of proxies in front whose `X-Forwarded-For` is trusted for the client's address; nobody may reach the gateway past them.",
  }),
  maxConnections: variable('MAX_CONNECTIONS', wholeNumber(1, 1_000_000), {
    default: '10000',
    meaning: 'Connections held, of which there must be fewer than `ulimit -n`; one more is closed at once.',
  }),
  logLevel: variable('LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), {
    default: 'info',
    meaning: 'The least severe lines of the log, which is JSON on standard output.',
  }),
  drain: variable('DRAIN_SECONDS', seconds(0, 5), {
    default: '1',
    meaning: 'How long the gateway still answers after SIGTERM, so that a balancer sees `/readyz` turn.',
  }),
};
