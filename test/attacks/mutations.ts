import type { EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { BLOCK } from './blocks.js';
import type { SeededBytes } from './seeded-bytes.js';

/** Writes a different byte. */
export type Mutation = (data: EncryptedPhone, random: SeededBytes, other: EncryptedPhone) => EncryptedPhone;

const blockOf = (bytes: Buffer, random: SeededBytes) => BLOCK * random.below(bytes.length / BLOCK);

/** Changes that attackers, broken clients and transmission errors make to a document. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'bits of the data': ({ encryptedData, iv }, random) => {
    for (let i = 0; i <= random.below(4); i += 1) flipBit(encryptedData, random);
    return { encryptedData, iv };
  },
  'bits of the iv': ({ encryptedData, iv }, random) => {
    for (let i = 0; i <= random.below(4); i += 1) flipBit(iv, random);
    return { encryptedData, iv };
  },
  'a bit of the padding, through the block before it': ({ encryptedData, iv }, random) => {
    const at = encryptedData.length - 2 * BLOCK + random.below(BLOCK);
    encryptedData.writeUInt8(encryptedData.readUInt8(at) ^ (1 + random.below(255)), at);
    return { encryptedData, iv };
  },
  'a block, replaced by a random one': ({ encryptedData, iv }, random) => {
    encryptedData.set(random.next(BLOCK), blockOf(encryptedData, random));
    return { encryptedData, iv };
  },
  'a block of another document, spliced in': ({ encryptedData, iv }, random, other) => {
    const from = blockOf(other.encryptedData, random);
    encryptedData.set(other.encryptedData.subarray(from, from + BLOCK), blockOf(encryptedData, random));
    return { encryptedData, iv };
  },
  'its first block as the iv': ({ encryptedData }) => ({
    encryptedData: encryptedData.subarray(BLOCK),
    iv: encryptedData.subarray(0, BLOCK),
  }),
  'blocks cut from the end': ({ encryptedData, iv }, random) => ({
    encryptedData: encryptedData.subarray(0, encryptedData.length - BLOCK * (1 + random.below(2))),
    iv,
  }),
  'the end of another document': ({ encryptedData, iv }, random, other) => {
    const at = BLOCK + blockOf(encryptedData.subarray(BLOCK), random);
    return { encryptedData: Buffer.concat([encryptedData.subarray(0, at), other.encryptedData.subarray(at)]), iv };
  },
  'random bytes': ({ encryptedData }, random) => ({
    encryptedData: Buffer.from(random.next(encryptedData.length)),
    iv: Buffer.from(random.next(BLOCK)),
  }),
};

function flipBit(bytes: Buffer, random: SeededBytes): void {
  const at = random.below(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
}
