import { fail, succeed } from '../domain/result.js';
import type { Parser } from './variable.js';

/** Parses an http or https URL; undefined if the text is none. */
export function parseUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The URL of a server, without a path. */
export const originUrl: Parser<URL> = {
  bounds: 'an http or https URL without a path',
  parse: (text, { name }) => {
    const url = parseUrl(text);
    const isPlain = url !== undefined && url.href === `${url.origin}/`;
    return isPlain
      ? succeed(url)
      : fail([`${name} must be an http or https URL of a host, without a path, a query or credentials.`]);
  },
};

/** Origins, spelled as in the `Origin` header. */
export const origins: Parser<readonly string[]> = {
  bounds: 'origins, comma-separated',
  parse: (text, { name }) => {
    const list = text.split(',').map((origin) => origin.trim());
    const given = list.filter(Boolean);
    return given.every((origin) => parseUrl(origin)?.origin === origin)
      ? succeed(given)
      : fail([`${name} must be origins such as https://example.com, without a path or a closing slash.`]);
  },
};
