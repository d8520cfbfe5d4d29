import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse, validate } from 'graphql';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { systemClock } from '../../src/domain/clock.js';
import { CompiledDocuments } from '../../src/graphql/execution/compiled-documents.js';
import { DocumentStore } from '../../src/graphql/execution/document-store.js';
import { TrustedDocuments } from '../../src/graphql/limits/trusted-documents.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import { MemoryRateLimit } from '../../src/stores/memory/memory-rate-limit.js';
import { NearCopies } from '../../src/stores/redis/near-copies.js';
import { emittedSchema } from '../harness/schema-files.js';

/*
 * Fills a cache past its limit with the largest entries that a stranger can make, and writes the bytes of heap that it
 * retains. Run with --expose-gc and the name of a cache.
 */

const schema = emittedSchema();
const options = { name: 'login_by_address', limit: 1, window: 60_000, clock: systemClock } as const;
const tail = (i: number) => String(i).padStart(12, '0');

/** The largest accepted document: 500 tokens, and a comment with a character that makes the source two bytes wide. */
const largest = (i: number) =>
  `{session{${'__typename '.repeat(494)}}}#é${tail(i)}`.padEnd(8_190 - 1, String.fromCharCode(97 + (i % 26)));

const fillers: Readonly<Record<string, () => Promise<unknown>>> = {
  'parsed documents': async () => {
    const documents = new DocumentStore();
    for (let i = 0; i < 2_000; i += 1) await documents.set(`hash ${i}`, parse(largest(i)));
    return documents;
  },
  'compiled documents': async () => {
    const documents = new CompiledDocuments();
    const fields = '...on Session{appId openId unionId createdAt expiresAt}...on UserError{code message remedy}';
    for (let i = 0; i < 300; i += 1) {
      const source = `query A${i}{session{${fields.repeat(15)}}}`.slice(0, 1_500);
      const fitting = `${source.slice(0, source.lastIndexOf('...on UserError'))}}}`;
      const document = parse(fitting);
      if (validate(schema, document).length > 0) throw new Error('The document does not fit the schema.');
      for (let use = 0; use < 3; use += 1) documents.find(schema, fitting, document);
    }
    return documents;
  },
  'spellings of trusted documents': async () => {
    const text = '{session{__typename}}';
    const documents = new TrustedDocuments({ ['sha256:'.padEnd(71, '0')]: text });
    for (let i = 0; i < 3_000; i += 1) documents.find({ query: `${text}#é${tail(i)}`.padEnd(8_190, 'x') });
    return documents;
  },
  'remembered codes': async () => {
    const once = new MemoryOnce({ clock: systemClock, max: 100_000 });
    for (let i = 0; i < 110_000; i += 1) {
      const claim = await once.claim(fingerprint('code', String(i)));
      // The longest answer: a phone document under seal.
      if (claim.state === 'mine') await claim.keep(randomBytes(300).toString('base64'), 60_000, 300_000);
    }
    return once;
  },
  'counted addresses': async () => {
    const limit = new MemoryRateLimit({ ...options, max: 100_000 });
    for (let i = 0; i < 110_000; i += 1) await limit.count(`2001:db8:${tail(i)}::/64`);
    return limit;
  },
  'near copies': async () => {
    const copies = new NearCopies(1_000);
    for (let i = 0; i < 100_000; i += 1) await copies.read(`session:${tail(i)}`, async () => tail(i).repeat(20));
    return copies;
  },
};

/** After a turn of the event loop, so that the stack retains nothing. */
async function heapUsed(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('Run with --expose-gc.');
  for (let i = 0; i < 3; i += 1) {
    await nextTurn();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

const fill = fillers[process.argv[2] ?? ''];
if (fill === undefined) throw new Error('Name a cache.');
const before = await heapUsed();
const filled = await fill();
process.stdout.write(String((await heapUsed()) - before));
// Referenced until after the measurement.
setImmediate(() => filled);
