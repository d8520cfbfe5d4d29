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

/** Parses an http or https URL without credentials and a fragment; undefined if the text is none. */
export function parsePlainUrl(text: string): URL | undefined {
  const url = parseUrl(text);
  return url?.username === '' && url.password === '' && url.hash === '' ? url : undefined;
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

/** The URL of an API, which may have a path; the value has no closing slash. */
export const apiUrl: Parser<string> = {
  bounds: 'an http or https URL without a query',
  parse: (text, { name }) => {
    const url = parseUrl(text);
    return url !== undefined && url.href === url.origin + url.pathname
      ? succeed(url.href.replace(/\/+$/, ''))
      : fail([
          `${name} must be an http or https URL of a host or a path, without a query, a fragment and credentials.`,
        ]);
  },
};

/** The URL of a server of access tokens, in which `{appid}` stands for the appid. */
export const tokenUrl: Parser<string> = {
  bounds: 'an http or https URL, which may hold `{appid}`',
  parse: (text, { name }) =>
    parsePlainUrl(text) === undefined
      ? fail([`${name} must be an http or https URL without a fragment and credentials.`])
      : succeed(text),
};

/** The URL of a proxy: without a scheme it is http, as other programs read it. Credentials are allowed. */
export const proxyUrl: Parser<string> = {
  bounds: 'an http or https URL of a proxy',
  parse: (text, { name }) => {
    const url = parseUrl(text.includes('://') ? text : `http://${text}`);
    return url?.pathname === '/' && url.search === '' && url.hash === ''
      ? succeed(url.href)
      : fail([`${name} must be an http or https URL of a proxy, such as http://proxy.example.com:3128.`]);
  },
};

/** What the path of an issuer may hold: nothing that a router reads as a pattern. */
const ISSUER_PATH = /^[A-Za-z0-9._~/-]*$/;

/**
 * An issuer as it was written: a URL without a query and a fragment, which may have a path.
 * Source: RFC 8414 section 2; OpenID Connect Discovery 1.0 section 3.
 */
export const issuerUrl: Parser<string> = {
  bounds: 'an http or https URL without a query',
  parse: (text, { name }) => {
    const url = parseUrl(text);
    const isIssuer = url !== undefined && url.origin + url.pathname === url.href && ISSUER_PATH.test(url.pathname);
    return isIssuer
      ? succeed(text)
      : fail([`${name} must be an http or https URL without a query, a fragment and credentials.`]);
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
