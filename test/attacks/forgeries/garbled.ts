import type { Attacker } from '../attacker.js';
import { BLOCK, type KnownDocument, randomBlock } from '../blocks.js';
import type { Query } from '../oracle.js';
import { cutUserInfo } from './one-query.js';

/** Blocks of the shortest and of the longest accepted data. */
const MIN_BLOCKS = 7;
const MAX_BLOCKS = 16;

export const GARBLED_KINDS = [
  'one bit of the iv flipped',
  'one bit of the data flipped',
  'two blocks swapped',
  'one block left out',
  'one block twice',
  'one block replaced by a random one',
  'one block replaced by that of another document',
  'cut at the end',
  'cut at the start, the block in front as the iv',
  'blocks behind the end',
  'the head of one document and the tail of another',
  'the iv of another document',
  'no block of the document',
  'the user info whole, or cut to look like a phone document',
] as const;

export type GarbledKind = (typeof GARBLED_KINDS)[number];

/** Everything that cut, flip and splice make of the attacker's own documents, by kind. */
export function garbledDocuments(attacker: Attacker): Record<GarbledKind, readonly Query[]> {
  const own = attacker.tap();
  const other = attacker.tap();
  const { iv, blocks } = own;
  const query = (parts: readonly Buffer[], withIv = iv) => ({ encryptedData: Buffer.concat(parts), iv: withIv });
  const edges = Array.from({ length: blocks.length - 1 }, (_, i) => i + 1);

  return {
    'one bit of the iv flipped': flips(iv).map((flipped) => query(blocks, flipped)),
    'one bit of the data flipped': flips(own.bytes).map((flipped) => query([flipped])),
    'two blocks swapped': pairs(blocks.length).map(([i, j]) => query(swapped(blocks, i, j))),
    'one block left out': [...blocks.keys()].map((i) => query(blocks.toSpliced(i, 1))),
    'one block twice': [...blocks.keys()].map((i) => query(blocks.toSpliced(i, 0, own.block(i)))),
    'one block replaced by a random one': [...blocks.keys()].map((i) => query(blocks.with(i, randomBlock()))),
    'one block replaced by that of another document': [...blocks.keys()].map((i) =>
      query(blocks.with(i, other.block(i))),
    ),
    'cut at the end': edges.filter((n) => n >= MIN_BLOCKS).map((n) => query(blocks.slice(0, n))),
    'cut at the start, the block in front as the iv': edges
      .filter((n) => blocks.length - n >= MIN_BLOCKS)
      .map((n) => query(blocks.slice(n), own.block(n - 1))),
    'blocks behind the end': edges
      .filter((n) => blocks.length + n <= MAX_BLOCKS)
      .map((n) => query([...blocks, ...other.blocks.slice(0, n)])),
    'the head of one document and the tail of another': edges.map((n) =>
      query([...blocks.slice(0, n), ...other.blocks.slice(n)]),
    ),
    'the iv of another document': [query(blocks, other.iv), query(other.blocks, iv)],
    'no block of the document': Array.from({ length: 100 }, () => query(blocks.map(randomBlock), randomBlock())),
    'the user info whole, or cut to look like a phone document': userInfos(attacker),
  };
}

function userInfos(attacker: Attacker): Query[] {
  const whole: KnownDocument = attacker.userInfo('13912345678');
  const insides = [
    '13912345678',
    '13912345678","purePhoneNumber":"13912345678","countryCode":"86',
    '13912345678\\u0022,',
    '+8613912345678',
  ];
  return [
    ...(whole.blocks.length <= MAX_BLOCKS ? [{ encryptedData: whole.bytes, iv: whole.iv }] : []),
    ...insides.map((inside) => cutUserInfo(attacker, inside)),
  ].filter(({ encryptedData }) => encryptedData.length <= MAX_BLOCKS * BLOCK);
}

function flips(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
}

function pairs(count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    Array.from({ length: count - i - 1 }, (_, j): [number, number] => [i, i + j + 1]),
  );
}

function swapped(blocks: readonly Buffer[], i: number, j: number): Buffer[] {
  const [a = Buffer.alloc(0), b = Buffer.alloc(0)] = [blocks[i], blocks[j]];
  return blocks.with(i, b).with(j, a);
}
