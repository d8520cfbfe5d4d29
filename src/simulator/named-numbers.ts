import type { PhoneDocumentOverrides } from './phone-document.js';

/** Phone numbers in Weixin's spelling, by name. */
export const NAMED_NUMBERS = {
  'mainland-china': { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' },
  'mainland-china-with-plus': { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '+86' },
  'hong-kong': { phoneNumber: '+85261234567', purePhoneNumber: '61234567', countryCode: '852' },
  macau: { phoneNumber: '+85366123456', purePhoneNumber: '66123456', countryCode: '853' },
  taiwan: { phoneNumber: '+886912345678', purePhoneNumber: '912345678', countryCode: '886' },
  'taiwan-with-trunk-zero': { phoneNumber: '0912345678', purePhoneNumber: '0912345678', countryCode: '886' },
  'united-states': { phoneNumber: '+12025550123', purePhoneNumber: '2025550123', countryCode: 1 },
  'united-kingdom-with-trunk-zero': { phoneNumber: '+447400123456', purePhoneNumber: '07400123456', countryCode: '44' },
  // Reported for a user abroad; no numbering plan has it.
  'mainland-china-under-852': { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '852' },
} as const satisfies Readonly<Record<string, PhoneDocumentOverrides>>;

export type NumberName = keyof typeof NAMED_NUMBERS;
