import { CryptoService, type EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { padded } from '../attacks/blocks.js';
import { tellsPaddingApart } from '../attacks/naive/naive-decryptors.js';
import { encryptBlocks, newSessionKey } from '../harness/encrypted-phone.js';
import { report } from '../harness/report.js';

jest.setTimeout(300_000);

/** Timings of each of the two kinds of document, here and of the naive decryptor. */
const SAMPLES = 1_000_000;
const NAIVE_SAMPLES = 100_000;
/**
 * Of what tells the two apart in a naive decryptor, which over a network could not be told apart in 15,000 samples. What is
 * left is how far the expression reads; a session key has 20 samples an hour.
 */
const USABLE = 1 / 5;

const key = newSessionKey();
const APP_ID = 'wx4f4bc4dec97d474b';
const TEXT = `{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86","watermark":{"timestamp":1477314187,"appid":"${APP_ID}"}}`;

/** As many documents as fit no cache of answers, the two kinds of one length. */
const VARIANTS = 64;
const wrongPadding = variants((bytes) => bytes.writeUInt8(0x7f, bytes.length - 1));
const wrongDocument = variants((bytes) => bytes.write('!', 60));

function variants(spoil: (bytes: Buffer) => void): EncryptedPhone[] {
  return Array.from({ length: VARIANTS }, () => {
    const bytes = padded(TEXT);
    spoil(bytes);
    return encryptBlocks(key, bytes);
  });
}

/** Nanoseconds by which the median of one kind lies above the other's, and that of one; samples of the two alternate. */
function difference(samples: number, open: (data: EncryptedPhone) => unknown): { difference: number; median: number } {
  const kinds = [wrongPadding, wrongDocument];
  const timings = kinds.map(() => new Float64Array(samples));
  for (let i = -20_000; i < samples; i += 1) {
    // Which kind comes first changes too, so that none always meets what the other left in the caches.
    for (const kind of i % 2 === 0 ? [0, 1] : [1, 0]) {
      const data = kinds[kind]?.[(i + VARIANTS * 1000) % VARIANTS];
      if (data === undefined) throw new RangeError('There is no such document.');
      const began = process.hrtime.bigint();
      open(data);
      const took = Number(process.hrtime.bigint() - began);
      if (i >= 0) timings[kind]?.fill(took, i, i + 1);
    }
  }
  const [a = NaN, b = NaN] = timings.map((all) => all.sort()[samples / 2] ?? NaN);
  return { difference: Math.abs(a - b), median: a };
}

test(`wrong padding and a wrong document take the same time, over ${SAMPLES} samples of each`, () => {
  const service = new CryptoService();
  const naive = { sessionKey: Buffer.from(key.revealBytes()), appId: APP_ID };
  const gateway = difference(SAMPLES, (data) => service.open([key], data));
  const telling = difference(NAIVE_SAMPLES, (data) => tellsPaddingApart(naive, data));
  const bound = telling.difference * USABLE;
  report('one decryption', gateway.median, { unit: 'ns' });
  report('wrong padding and a wrong document, apart', gateway.difference, { atMost: bound, unit: 'ns' });
  report('the same of a naive decryptor', telling.difference, { atLeast: 500, unit: 'ns' });
  expect(telling.difference).toBeGreaterThan(500);
  expect(gateway.difference).toBeLessThan(bound);
});
