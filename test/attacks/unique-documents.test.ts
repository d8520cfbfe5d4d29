import { metricValue } from '../harness/metric-value.js';
import { ProductionGateway } from '../harness/production-gateway.js';
import { Pool } from 'undici';

/*
 * Apollo Server's own document store counts the JSON of a document's tree, but not the source that the tree retains:
 * with 8 kB of comment per document it filled a heap of 512 MiB. The heap here is small, so that few documents show it.
 */

/** Mebibytes of the old generation; the gateway itself takes about 30. */
const HEAP = 64;
const DOCUMENTS = 4_000;
/** More than 8 kB of text would not be read. */
const PADDING = 7_900;
/** Mebibytes that caches, garbage and compiled code may add. */
const GROWTH = 25;
const MIB = 1024 * 1024;

/** A document that no other request has, of nearly the largest size. */
const kinds: readonly (readonly [name: string, document: (n: number) => string])[] = [
  ['a comment', (n) => `{__typename}#${n}${'x'.repeat(PADDING)}`],
  ['the name of the operation', (n) => `query a${n}${'x'.repeat(PADDING)}{__typename}`],
  ['white space', (n) => `{__typename}${' '.repeat(PADDING - n)}`],
];

let gateway: ProductionGateway;
let metricsUrl: string;
let pool: Pool;

beforeAll(async () => {
  gateway = await ProductionGateway.start({ NODE_OPTIONS: `--max-old-space-size=${HEAP}`, METRICS_PORT: '0' });
  metricsUrl = String((await gateway.process.line('metrics'))['url']);
  pool = new Pool(gateway.url, { connections: 16 });
});
afterAll(async () => {
  await pool.destroy();
  await gateway.stop();
});

async function send(query: string): Promise<number> {
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  await body.dump();
  return statusCode;
}

const heap = () => metricValue(metricsUrl, 'nodejs_heap_size_used_bytes');

test('documents used once retain no more than a few megabytes, and keep the sessions', async () => {
  const alice = await gateway.loggedIn('alice');
  const before = await heap();
  const statuses = new Set<number>();
  let next = 0;
  const sender = async () => {
    while (next < DOCUMENTS) {
      const n = (next += 1);
      const [, document] = kinds[n % kinds.length] ?? [];
      statuses.add(await send(document?.(n % PADDING) ?? ''));
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  expect(statuses).toEqual(new Set([200]));
  expect((await heap()) - before).toBeLessThan(GROWTH * MIB);
  expect((await alice.session()).__typename).toBe('Session');
});
