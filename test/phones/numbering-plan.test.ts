import type { PhoneDocument } from '../../src/domain/phone-number.js';
import { plannedNumber } from '../../src/phones/numbering-plan.js';
import { parsePhoneInfo } from '../../src/weixin/endpoints/phone-info.js';
import { APP_ID } from '../harness/people.js';

interface Written {
  readonly countryCode: string;
  readonly purePhoneNumber: string;
  readonly phoneNumber?: string;
}

async function e164(written: Written): Promise<string | undefined> {
  return (await read(written))?.e164;
}

/** As the documents of Weixin's server are read. */
async function read({ countryCode, purePhoneNumber, phoneNumber = purePhoneNumber }: Written) {
  const watermark = { timestamp: 1_769_848_200, appid: APP_ID };
  const reading = parsePhoneInfo({ phoneNumber, purePhoneNumber, countryCode, watermark }, 'phone_info');
  return reading.kind === 'value' ? plannedNumber(reading.value) : undefined;
}

/** A country, a number of it in E.164, and how Weixin may write it in purePhoneNumber. */
const countries: [country: string, countryCode: string, e164: string, ...pure: string[]][] = [
  ['mainland China', '86', '+8613580006666', '13580006666', '8613580006666', '+8613580006666', '013580006666'],
  ['mainland China, a range that opened late', '86', '+8619280006666', '19280006666'],
  ['Hong Kong', '852', '+85261234567', '61234567', '85261234567'],
  ['Hong Kong, a number that begins with its code', '852', '+85285212345', '85212345'],
  ['Macau', '853', '+85366123456', '66123456', '85366123456'],
  ['Taiwan', '886', '+886912345678', '912345678', '0912345678', '886912345678', '+886912345678', '8860912345678'],
  ['Argentina', '54', '+5491123456789', '91123456789'],
  ['Australia', '61', '+61412345678', '412345678', '0412345678', '61412345678'],
  ['Austria', '43', '+43664123456', '664123456', '0664123456'],
  ['Brazil', '55', '+5511961234567', '11961234567', '011961234567'],
  ['Brazil, a number of eight digits', '55', '+551161234567', '1161234567'],
  ['Canada', '1', '+16135550123', '6135550123'],
  ['France', '33', '+33612345678', '612345678', '0612345678', '33612345678'],
  ['Germany', '49', '+4915123456789', '15123456789', '015123456789', '4915123456789'],
  ['Germany, a short one', '49', '+491701234567', '1701234567', '01701234567'],
  ['India', '91', '+919876543210', '9876543210', '09876543210', '919876543210'],
  ['Indonesia', '62', '+6281234567890', '81234567890', '081234567890', '6281234567890'],
  ['Indonesia, a short one', '62', '+62811234567', '811234567', '0811234567'],
  ['Italy, mobile', '39', '+393123456789', '3123456789', '393123456789'],
  ['Italy, which keeps its zero', '39', '+390612345678', '0612345678'],
  ['Jamaica', '1876', '+18765551234', '5551234'],
  ['Japan', '81', '+819012345678', '9012345678', '09012345678', '819012345678'],
  ['Kazakhstan', '7', '+77012345678', '7012345678', '87012345678', '77012345678'],
  ['Korea', '82', '+821012345678', '1012345678', '01012345678', '821012345678'],
  ['Malaysia', '60', '+60123456789', '123456789', '0123456789', '60123456789'],
  ['Malaysia, a long one', '60', '+601112345678', '1112345678', '01112345678'],
  ['New Zealand', '64', '+6421123456', '21123456', '021123456'],
  ['New Zealand, a long one', '64', '+642112345678', '2112345678', '02112345678'],
  ['Norway', '47', '+4740612345', '40612345'],
  ['Philippines', '63', '+639171234567', '9171234567', '09171234567', '639171234567'],
  ['Russia', '7', '+79161234567', '9161234567', '89161234567', '79161234567'],
  ['Saint Helena', '290', '+29051234', '51234'],
  ['Singapore', '65', '+6581234567', '81234567', '6581234567'],
  ['South Africa', '27', '+27711234567', '711234567', '0711234567'],
  ['Thailand', '66', '+66812345678', '812345678', '0812345678'],
  ['United Arab Emirates', '971', '+971501234567', '501234567', '0501234567', '971501234567'],
  ['United Kingdom', '44', '+447400123456', '7400123456', '07400123456', '447400123456'],
  ['United States', '1', '+12025550123', '2025550123', '12025550123'],
  ['Vietnam', '84', '+84912345678', '912345678', '0912345678', '84912345678'],
];

/** Weixin's number fields have fifteen digits at most. */
const isShort = (phoneNumber: string) => phoneNumber.length <= 16;

test.each(countries)(
  '%s: +%s makes %s of %s, alone or with its code in front',
  async (_, countryCode, number, ...all) => {
    for (const purePhoneNumber of all) {
      expect([purePhoneNumber, await e164({ countryCode, purePhoneNumber })]).toEqual([purePhoneNumber, number]);
      const digits = purePhoneNumber.replace('+', '');
      for (const phoneNumber of [number, number.slice(1), `+${countryCode}${digits}`].filter(isShort)) {
        expect([phoneNumber, await e164({ countryCode, purePhoneNumber, phoneNumber })]).toEqual([phoneNumber, number]);
      }
      for (const code of [`+${countryCode}`, `00${countryCode}`]) {
        expect(await e164({ countryCode: code, purePhoneNumber })).toBe(number);
      }
    }
  },
);

test.each<[string, Written]>([
  ['eleven digits of Hong Kong', { countryCode: '852', purePhoneNumber: '13580006666' }],
  ['eleven digits of Macau', { countryCode: '853', purePhoneNumber: '13580006666' }],
  ['eleven digits of Taiwan', { countryCode: '886', purePhoneNumber: '13580006666' }],
  ['nine digits of Hong Kong', { countryCode: '852', purePhoneNumber: '612345678' }],
  ['seven digits of Macau', { countryCode: '853', purePhoneNumber: '6612345' }],
  ['eight digits of Taiwan', { countryCode: '886', purePhoneNumber: '91234567' }],
  ['ten digits of mainland China', { countryCode: '86', purePhoneNumber: '1358000666' }],
  ['twelve digits of mainland China', { countryCode: '86', purePhoneNumber: '135800066666' }],
  ['eleven digits of mainland China that begin with 2', { countryCode: '86', purePhoneNumber: '23580006666' }],
  ['eight digits of mainland China', { countryCode: '86', purePhoneNumber: '61234567' }],
  ['ten digits of Singapore', { countryCode: '65', purePhoneNumber: '8123456789' }],
  ['an area code that cannot be', { countryCode: '1', purePhoneNumber: '0123456789' }],
  ['four digits of Germany', { countryCode: '49', purePhoneNumber: '1234' }],
  ['a calling code that no country has', { countryCode: '999', purePhoneNumber: '12345678' }],
  ['half a calling code', { countryCode: '85', purePhoneNumber: '261234567' }],
  ['a calling code with a digit of the number', { countryCode: '8526', purePhoneNumber: '1234567' }],
  [
    'another number in phoneNumber, with a digit less',
    { countryCode: '49', purePhoneNumber: '15123456789', phoneNumber: '5123456789' },
  ],
  ["another country's code in purePhoneNumber", { countryCode: '852', purePhoneNumber: '+85366123456' }],
])('no number: %s', async (_, written) => {
  expect(await e164(written)).toBeUndefined();
});

test.each([
  '1',
  '7',
  '33',
  '34',
  '39',
  '44',
  '49',
  '54',
  '55',
  '60',
  '61',
  '62',
  '63',
  '64',
  '65',
  '66',
  '81',
  '82',
  '84',
  '91',
])(
  "a mobile number of mainland China is none of +%s's, with or without the code in front of it",
  async (countryCode) => {
    for (const mainland of ['13580006666', '18612345678', '13512345678']) {
      expect(await e164({ countryCode, purePhoneNumber: mainland })).toBeUndefined();
    }
  },
);

test('what looks like one of mainland China is taken where it is a mobile number, and written in full', async () => {
  const german = { countryCode: '49', purePhoneNumber: '15123456789' };
  expect(await e164(german)).toBe('+4915123456789');
  const american = { countryCode: '1', purePhoneNumber: '13512345678' };
  expect(await e164(american)).toBeUndefined();
  expect(await e164({ ...american, phoneNumber: '+13512345678' })).toBe('+13512345678');
  expect(await e164({ countryCode: '1', purePhoneNumber: '16135550123', phoneNumber: '+16135550123' })).toBe(
    '+16135550123',
  );
});

test('purePhoneNumber goes without the country code, and keeps the trunk prefix that Weixin wrote', async () => {
  expect(await read({ countryCode: '86', purePhoneNumber: '8613580006666' })).toMatchObject({
    purePhoneNumber: '13580006666',
  });
  expect(await read({ countryCode: '44', purePhoneNumber: '+447400123456' })).toMatchObject({
    purePhoneNumber: '7400123456',
  });
  expect(await read({ countryCode: '886', purePhoneNumber: '0912345678' })).toMatchObject({
    purePhoneNumber: '0912345678',
  });
});

test('the country code of a document has no plus', () => {
  const document = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '+86' };
  const watermark = { timestamp: 1_769_848_200, appid: APP_ID };
  const reading = parsePhoneInfo({ ...document, watermark }, 'phone_info');
  expect((reading as { value: PhoneDocument }).value.countryCode).toBe('86');
});
