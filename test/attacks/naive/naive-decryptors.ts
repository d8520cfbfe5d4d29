import { createDecipheriv } from 'node:crypto';
import { parsePhoneDocument } from '../../../src/crypto/phone-document.js';
import type { Query } from '../oracle.js';

/*
 * Decryptors with the mistakes that integrations make: the attacks have to win here, or they would prove nothing about
 * the gateway.
 */

export type NaiveAnswer = { readonly phoneNumber: string } | { readonly error: 'bad session' | 'bad watermark' };

export interface NaiveVictim {
  readonly sessionKey: Buffer;
  readonly appId: string;
}

export type NaiveDecryptor = (victim: NaiveVictim, query: Query) => NaiveAnswer;

interface LooseDocument {
  readonly phoneNumber?: unknown;
  readonly watermark?: { readonly appid?: unknown };
}

/** Distinguishes wrong padding from later errors. Its parser is the gateway's own, which does not protect it. */
export const tellsPaddingApart: NaiveDecryptor = ({ sessionKey, appId }, query) => {
  if (unpadded(sessionKey, query) === undefined) return { error: 'bad session' };
  const decipher = createDecipheriv('aes-128-cbc', sessionKey, query.iv).setAutoPadding(false);
  const document = parsePhoneDocument(decipher.update(query.encryptedData));
  return document?.watermark.appId === appId ? { phoneNumber: document.phoneNumber } : { error: 'bad watermark' };
};

/** One error for everything, but any JSON with the right members counts as a phone document. */
export const parsesAnyContents: NaiveDecryptor = ({ sessionKey, appId }, query) => {
  const document = looseDocument(sessionKey, query);
  return typeof document?.phoneNumber === 'string' && document.watermark?.appid === appId
    ? { phoneNumber: document.phoneNumber }
    : { error: 'bad session' };
};

/** One error for everything, and a number must be digits; but unknown members and missing ones pass. */
export const looksAtFields: NaiveDecryptor = (victim, query) => {
  const answer = parsesAnyContents(victim, query);
  return 'phoneNumber' in answer && isNumber(answer.phoneNumber) ? answer : { error: 'bad session' };
};

/** Judges the watermark of any JSON that has an appid text, before it knows whether the document is well-formed. */
export const judgesWatermarkFirst: NaiveDecryptor = ({ sessionKey, appId }, query) => {
  const document = looseDocument(sessionKey, query);
  if (typeof document?.watermark?.appid !== 'string') return { error: 'bad session' };
  return document.watermark.appid === appId && isNumber(document.phoneNumber)
    ? { phoneNumber: document.phoneNumber }
    : { error: 'bad watermark' };
};

function isNumber(text: unknown): text is string {
  return typeof text === 'string' && /^\+?[0-9]{4,15}$/.test(text);
}

function looseDocument(sessionKey: Buffer, query: Query): LooseDocument | undefined {
  try {
    return JSON.parse(unpadded(sessionKey, query)?.toString('utf8') ?? '') as LooseDocument;
  } catch {
    return undefined;
  }
}

function unpadded(sessionKey: Buffer, { encryptedData, iv }: Query): Buffer | undefined {
  const decipher = createDecipheriv('aes-128-cbc', sessionKey, iv);
  try {
    return Buffer.concat([decipher.update(encryptedData), decipher.final()]);
  } catch {
    return undefined;
  }
}
