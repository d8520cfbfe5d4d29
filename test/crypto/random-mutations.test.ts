import { randomBytes, randomInt } from 'node:crypto';
import { CryptoService, type EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { encryptText, newSessionKey } from '../harness/encrypted-phone.js';

const MUTATIONS_OF_EACH = 40_000;

const crypto = new CryptoService();
const key = newSessionKey();
const text = (number: string) =>
  `{"phoneNumber":"${number}","purePhoneNumber":"${number}","countryCode":"86","watermark":{"timestamp":1477314187,"appid":"wx4f4bc4dec97d474b"}}`;
const documents = Array.from({ length: 20 }, (_, i) => encryptText(key, text(String(13_500_000_000 + i))));

const anyDocument = () => documents[randomInt(documents.length)] ?? encryptText(key, text('13500000000'));
const anyBlock = (length: number) => 16 * randomInt(length / 16);

test.each<[string, (data: EncryptedPhone) => void]>([
  [
    'bytes of the data',
    ({ encryptedData }) => randomBytes(1 + randomInt(4)).forEach((byte) => flip(encryptedData, byte)),
  ],
  ['bytes of the iv', ({ iv }) => randomBytes(1 + randomInt(4)).forEach((byte) => flip(iv, byte))],
  [
    'a block, replaced by a random one',
    ({ encryptedData }) => encryptedData.set(randomBytes(16), anyBlock(encryptedData.length)),
  ],
  [
    'blocks, spliced in from another document',
    ({ encryptedData }) => {
      const from = anyDocument().encryptedData;
      const at = anyBlock(from.length);
      encryptedData.set(from.subarray(at, at + 16), anyBlock(encryptedData.length));
    },
  ],
  [
    'all of it',
    ({ encryptedData, iv }) => [encryptedData, iv].forEach((bytes) => bytes.set(randomBytes(bytes.length))),
  ],
])(`of ${MUTATIONS_OF_EACH} genuine documents none opens after a change of: %s`, (_name, change) => {
  let opened = 0;
  for (let i = 0; i < MUTATIONS_OF_EACH; i += 1) {
    const genuine = anyDocument();
    const data = { encryptedData: Buffer.from(genuine.encryptedData), iv: Buffer.from(genuine.iv) };
    change(data);
    const changed = !data.encryptedData.equals(genuine.encryptedData) || !data.iv.equals(genuine.iv);
    if (changed && crypto.open([key], data) !== undefined) opened += 1;
  }
  expect(opened).toBe(0);
});

test('unchanged, each of them opens', () => {
  expect(documents.filter((data) => crypto.open([key], data) !== undefined)).toHaveLength(documents.length);
});

function flip(bytes: Buffer, change: number): void {
  const at = randomInt(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (change === 0 ? 1 : change);
}
