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

export function person(name: string): Person {
  const digest = createHash('sha512').update(name);
  const bytes = digest.digest();
  const text = bytes.toString('base64url');
  return {
    openId: `o${text.slice(0, 27)}`,
    unionId: `u${text.slice(27, 54)}`,
    sessionKey: bytes.subarray(41, 57).toString('base64'),
    phoneNumber: `135${String(bytes.readUInt32BE(57) % 100_000_000).padStart(8, '0')}`,
  };
}

/** A code of wx.login that tells whose it is; the serial number makes it another one each time. */
export function loginCode(name: string, serial: number): string {
  return `${name}.${serial}`;
}

export function personOfCode(code: string): Person {
  return person(code.slice(0, code.lastIndexOf('.')));
}
