import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type App, parseAppId } from '../domain/app.js';
import { fail, type Result, succeed } from '../domain/result.js';
import { Secret } from '../domain/secret.js';
import { contentOf, entriesWithSecrets } from './parsers.js';
import type { Parser, Source } from './variable.js';

/**
 * Weixin's app secrets are 32 hexadecimal digits. Commas are excluded, because they separate the entries of
 * WEIXIN_APPS.
 */
const APP_SECRET = /^[^\s,]{1,128}$/;
/** With it users log in through a third-party platform, and apps need no secrets. */
const PLATFORM = 'WEIXIN_COMPONENT_APP_ID';
/** Most Mini Programs; the file is then about 5 MB. */
const MAX_APPS = 50_000;

const entries = z
  .array(z.strictObject({ appId: z.string(), secret: z.string().optional() }))
  .min(1)
  .max(MAX_APPS);
type Entries = z.infer<typeof entries>;

export const appsInText: Parser<readonly App[]> = {
  bounds: '`appid:secret`, comma-separated',
  parse: (text, source) =>
    checkedApps(
      source,
      entriesWithSecrets(text).map(({ id, secret }) => ({ appId: id, secret })),
    ),
};

const entriesInFile = contentOf(
  'a readable JSON file: [{"appId": "…", "secret": "…"}]',
  'a JSON file: `[{"appId": "…", "secret": "…"}]`',
  (content) => entries.parse(JSON.parse(content)),
);

/** The apps in a file, and its path to read it again. */
export interface AppsFile {
  readonly path: string;
  readonly apps: readonly App[];
}

export const appsInFile: Parser<AppsFile> = {
  bounds: entriesInFile.bounds,
  parse: (path, source) => {
    const read = entriesInFile.parse(path, source);
    if (!read.ok) return read;
    const apps = checkedApps(source, read.value);
    return apps.ok ? succeed({ path, apps: apps.value }) : apps;
  },
};

/**
 * Reads the file of WEIXIN_APPS_FILE again. Failures are sentences as at the start.
 *
 * @param throughPlatform whether users log in through a third-party platform, so that the apps need no secrets
 */
export async function readAppsAgain(
  path: string,
  throughPlatform: boolean,
): Promise<Result<readonly App[], readonly string[]>> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => error);
  const read = appsInFile.parse(path, {
    name: 'WEIXIN_APPS_FILE',
    readFile: () => {
      if (typeof content === 'string') return content;
      throw content;
    },
    isSet: (name) => name === PLATFORM && throughPlatform,
  });
  return read.ok ? succeed(read.value.apps) : read;
}

function checkedApps({ name, isSet }: Source, given: Entries): Result<readonly App[], readonly string[]> {
  const checked = new Map<string, App>();
  const problems: string[] = [];
  const mayLackSecrets = isSet(PLATFORM);
  given.forEach(({ appId: id, secret = '' }, i) => {
    const appId = parseAppId(id);
    const hasNone = secret === '' && mayLackSecrets;
    if (appId === undefined) problems.push(`${name}, entry ${i + 1}: the appid must be wx and 16 hexadecimal digits.`);
    if (!hasNone && !APP_SECRET.test(secret)) {
      problems.push(`${name}, entry ${i + 1}: the secret is missing or malformed.`);
    }
    if (checked.has(id)) problems.push(`${name}, entry ${i + 1}: the appid is there twice.`);
    if (appId !== undefined) checked.set(appId, { appId, secret: hasNone ? undefined : new Secret(secret) });
  });
  return problems.length === 0 ? succeed([...checked.values()]) : fail(problems);
}
