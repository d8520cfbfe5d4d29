import type { JsonObject } from '../domain/json-object.js';

/** A byte order mark, as some servers and proxies write it in front of UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Parses JSON; undefined if the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The errcode of an object in any spelling of its name (errcode, errCode, err_code, ErrCode, …); undefined if it has
 * none. NaN if it is not a whole number, written as a number or as text.
 */
export function errcodeOf(body: JsonObject): number | undefined {
  const codes = Object.keys(body)
    .filter((name) => name.replaceAll('_', '').toLowerCase() === 'errcode')
    .map((name) => wholeNumber(body[name]) ?? NaN);
  return codes.find((code) => code !== 0) ?? codes[0];
}

const WHOLE_NUMBER = /^\s*[+-]?[0-9]{1,15}\s*$/;

/** Parses a whole number, written as a number or as text; undefined if it is neither. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return WHOLE_NUMBER.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}
