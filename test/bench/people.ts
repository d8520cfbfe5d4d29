import { createHash } from 'node:crypto';

export const APP_ID = 'wxbe0c400000000000';
export const APP_SECRET = 'be0c4000000000000000000000be0c40';

/** Someone with a phone, the same for every process that knows the name. */
export interface Person {
  readonly openId: string;
  readonly unionId: string;
  /** 16 bytes as Base64. */
  readonly sessionKey: string;
  readonly phoneNumber: string;
}

/** @param key which of the session keys that the person has had */
export function person(name: string, key = 0): Person {
  const digest = createHash('sha512').update(name);
  const bytes = digest.digest();
  const text = bytes.toString('base64url');
  return {
    openId: `o${text.slice(0, 27)}`,
    unionId: `u${text.slice(27, 54)}`,
    sessionKey: (key === 0 ? bytes : createHash('sha512').update(`${name}~${key}`).digest()).toString('base64', 41, 57),
    phoneNumber: `135${String(bytes.readUInt32BE(57) % 100_000_000).padStart(8, '0')}`,
  };
}

/** A code of wx.login that tells whose it is, and with which session key; the serial number makes it another one each time. */
export function loginCode(name: string, serial: number, key = 0): string {
  return `${name}.${key}.${serial}`;
}

export function personOfCode(code: string): Person {
  const [name = '', key] = code.split('.');
  return person(name, Number(key));
}
