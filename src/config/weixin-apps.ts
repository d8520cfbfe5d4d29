import * as z from 'zod';
import { type App, parseAppId } from '../domain/app.js';
import { fail, type Result, succeed } from '../domain/result.js';
import { Secret } from '../domain/secret.js';
import { contentOf } from './parsers.js';
import type { Parser } from './variable.js';

/**
 * Weixin's app secrets are 32 hexadecimal digits. Commas are excluded, because they separate the entries of
 * WEIXIN_APPS.
 */
const APP_SECRET = /^[^\s,]{1,128}$/;

const entries = z.array(z.strictObject({ appId: z.string(), secret: z.string() })).min(1);
type Entries = z.infer<typeof entries>;

/** `appid:secret`, comma-separated. A secret may contain colons. */
export const appsInText: Parser<readonly App[]> = {
  bounds: '`appid:secret`, comma-separated',
  parse: (text, { name }) =>
    checkedApps(
      name,
      text.split(',').map((entry) => {
        const [appId = '', ...secret] = entry.trim().split(':');
        return { appId, secret: secret.join(':') };
      }),
    ),
};

const entriesInFile = contentOf(
  'a readable JSON file: [{"appId": "…", "secret": "…"}]',
  'a JSON file: `[{"appId": "…", "secret": "…"}]`',
  (content) => entries.parse(JSON.parse(content)),
);

export const appsInFile: Parser<readonly App[]> = {
  bounds: entriesInFile.bounds,
  parse: (path, source) => {
    const read = entriesInFile.parse(path, source);
    return read.ok ? checkedApps(source.name, read.value) : read;
  },
};

function checkedApps(name: string, entries: Entries): Result<readonly App[], readonly string[]> {
  const checked = new Map<string, App>();
  const problems: string[] = [];
  entries.forEach(({ appId: id, secret }, i) => {
    const appId = parseAppId(id);
    if (appId === undefined) problems.push(`${name}, entry ${i + 1}: the appid must be wx and 16 hexadecimal digits.`);
    if (!APP_SECRET.test(secret)) problems.push(`${name}, entry ${i + 1}: the secret is missing or malformed.`);
    if (checked.has(id)) problems.push(`${name}, entry ${i + 1}: the appid is there twice.`);
    if (appId !== undefined) checked.set(appId, { appId, secret: new Secret(secret) });
  });
  return problems.length === 0 ? succeed([...checked.values()]) : fail(problems);
}
