import * as z from 'zod';
import type { BackendClient } from '../domain/backend-client.js';
import { fail, type Result, succeed } from '../domain/result.js';
import { Secret } from '../domain/secret.js';
import { contentOf, entriesWithSecrets } from './parsers.js';
import type { Parser } from './variable.js';

/** It is a label of a metric and a field of the log. */
const CLIENT_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** 32 characters or more, so that nobody guesses it. A comma would end one in BACKEND_CLIENTS. */
const CLIENT_SECRET = /^[\x21-\x2b\x2d-\x7e]{32,256}$/;
/** Each id is a series of a metric. */
const MAX_CLIENTS = 100;

const entries = z
  .array(z.strictObject({ id: z.string(), secret: z.string() }))
  .min(1)
  .max(MAX_CLIENTS);
type Entries = z.infer<typeof entries>;

export const backendClientsInText: Parser<readonly BackendClient[]> = {
  bounds: '`id:secret`, comma-separated; secrets of 32 to 256 characters',
  parse: (text, { name }) => {
    const given = entriesWithSecrets(text);
    return given.length > MAX_CLIENTS
      ? fail([`${name} has over ${MAX_CLIENTS} entries.`])
      : checkedClients(name, given);
  },
};

const entriesInFile = contentOf(
  'a readable JSON file: [{"id": "…", "secret": "…"}]',
  'a JSON file: `[{"id": "…", "secret": "…"}]`',
  (content) => entries.parse(JSON.parse(content)),
);

export const backendClientsInFile: Parser<readonly BackendClient[]> = {
  bounds: entriesInFile.bounds,
  parse: (path, source) => {
    const read = entriesInFile.parse(path, source);
    return read.ok ? checkedClients(source.name, read.value) : read;
  },
};

function checkedClients(name: string, given: Entries): Result<readonly BackendClient[], readonly string[]> {
  const checked = new Map<string, BackendClient>();
  const problems: string[] = [];
  given.forEach(({ id, secret }, i) => {
    const problem = (rule: string) => problems.push(`${name}, entry ${i + 1}: ${rule}`);
    if (!CLIENT_ID.test(id)) problem('the id must be 1 to 64 letters, digits, ., - or _.');
    if (!CLIENT_SECRET.test(secret)) problem('the secret must be 32 to 256 printable ASCII characters without commas.');
    if (checked.has(id)) problem('the id is there twice.');
    checked.set(id, { id, secret: new Secret(secret) });
  });
  return problems.length === 0 ? succeed([...checked.values()]) : fail(problems);
}
