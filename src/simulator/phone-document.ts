import { createHash } from 'node:crypto';

/** Members of a phone document to override. */
export interface PhoneDocumentOverrides {
  readonly phoneNumber?: string | undefined;
  readonly purePhoneNumber?: string | undefined;
  readonly countryCode?: string | number | undefined;
  readonly watermark?: { readonly timestamp?: number | undefined; readonly appid?: string | undefined } | undefined;
}

/** Creates the phone document of the user of this name, with its members in Weixin's order. */
export function phoneDocument(name: string, appid: string, timestamp: number, but: PhoneDocumentOverrides): object {
  const purePhoneNumber = but.purePhoneNumber ?? mainlandNumber(name);
  return {
    phoneNumber: but.phoneNumber ?? purePhoneNumber,
    purePhoneNumber,
    countryCode: but.countryCode ?? '86',
    watermark: { timestamp: but.watermark?.timestamp ?? timestamp, appid: but.watermark?.appid ?? appid },
  };
}

/** Hash of these parts. */
export function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** A number of mainland China, always the same for a name. */
function mainlandNumber(name: string): string {
  return `135${String(Buffer.from(digest('phone', name), 'base64url').readUInt32BE() % 100_000_000).padStart(8, '0')}`;
}
