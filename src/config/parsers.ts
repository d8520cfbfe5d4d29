import type { Milliseconds } from '../domain/clock.js';
import { fail, succeed } from '../domain/result.js';
import type { Parser } from './variable.js';

/** Seconds in a year: a longer duration is a mistake. */
export const YEAR = 31_536_000;

/** A whole number in decimal digits, bounds included. */
export function wholeNumber(min: number, max: number): Parser<number> {
  return {
    bounds: `${min} to ${max}`,
    parse: (text, { name }) => {
      const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
      if (number >= min && number <= max) return succeed(number);
      return fail([`${name} must be a whole number from ${min} to ${max}.`]);
    },
  };
}

/** A TCP port; 0: a free one. */
export const port = wholeNumber(0, 65_535);

/** A duration in whole seconds; its value is in milliseconds. */
export function seconds(min: number, max: number): Parser<Milliseconds> {
  const parser = wholeNumber(min, max);
  return {
    bounds: parser.bounds,
    parse: (text, source) => {
      const number = parser.parse(text, source);
      return number.ok ? succeed(number.value * 1000) : number;
    },
  };
}

/** One of several words; its value is the meaning of the word. */
export function choice<T>(meanings: Readonly<Record<string, T>>): Parser<T> {
  const words = new Map(Object.entries(meanings));
  return {
    bounds: [...words.keys()].map((word) => `\`${word}\``).join(', '),
    parse: (text, { name }) => {
      const value = words.get(text);
      return value === undefined ? fail([`${name} must be one of: ${[...words.keys()].join(', ')}.`]) : succeed(value);
    },
  };
}

/** One of several words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Parser<Word> {
  return choice(Object.fromEntries(words.map((word) => [word, word])) as Readonly<Record<Word, Word>>);
}

/** An address or a host name to listen on. Whether it exists shows when the gateway listens. */
export const hostName: Parser<string> = {
  bounds: 'an address or a host name',
  parse: (text, { name }) =>
    /^[^\s/]{1,253}$/.test(text) ? succeed(text) : fail([`${name} must be an address or a host name.`]),
};

/** Entries `id:secret`, comma-separated. A secret may hold colons, and is empty if there is none. */
export function entriesWithSecrets(text: string): { readonly id: string; readonly secret: string }[] {
  return text.split(',').map((entry) => {
    const [id = '', ...secret] = entry.trim().split(':');
    return { id, secret: secret.join(':') };
  });
}

/**
 * The content of a file that the variable names.
 *
 * @param what kind of file, for the message: "a readable …"
 * @param parse throws or returns undefined if the content does not fit
 */
export function contentOf<T>(what: string, bounds: string, parse: (content: string) => T | undefined): Parser<T> {
  return {
    bounds,
    parse: (path, { name, readFile }) => {
      let error: unknown;
      try {
        const value = parse(readFile(path));
        if (value !== undefined) return succeed(value);
      } catch (thrown) {
        error = thrown;
      }
      // The error's own message may quote the content.
      return fail([`${name} must name ${what}. ${whyUnusable(error)}`]);
    },
  };
}

/** The path of a file that can be read now, and is read again later. */
export const secretFile: Parser<string> = {
  bounds: 'a file with one line',
  parse: (path, source) => {
    const content = contentOf(
      'a readable file with one line',
      '',
      (text) => /^[^\r\n]{1,4096}\r?\n?$/.test(text) || undefined,
    );
    const read = content.parse(path, source);
    return read.ok ? succeed(path) : read;
  },
};

function whyUnusable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such file.';
    case 'EACCES':
    case 'EPERM':
      return 'The user of this process may not read it.';
    case 'EISDIR':
      return 'It is a folder.';
    default:
      return 'Its content does not fit.';
  }
}
