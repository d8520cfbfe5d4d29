import type { Attacker } from '../attacker.js';
import { type KnownDocument, xor } from '../blocks.js';
import type { Query } from '../oracle.js';

/** The first sixteen bytes of a phone document: they open the text of its number. */
export const OPENING = Buffer.from('{"phoneNumber":"');

/** A block of the attacker's own documents whose preimage is known: behind a chosen iv it reads as anything. */
export interface KnownBlock {
  readonly block: Buffer;
  readonly preimage: Buffer;
}

export function knownBlocks(attacker: Attacker, taps: number): KnownBlock[] {
  return Array.from({ length: taps }, () => attacker.tap()).flatMap((document) =>
    document.blocks.map((block, i) => ({ block, preimage: document.preimage(i) })),
  );
}

/** The block that makes the second block of this document read `text`, and is itself of no known preimage. */
export function bridgeTo(own: KnownDocument, text: string): Buffer {
  return xor(own.preimage(1), Buffer.from(text));
}

/** The opening of a number; then these blocks, with arbitrary content; then the document from its second block on. */
export function spliced(opening: KnownBlock, garbled: readonly Buffer[], own: KnownDocument): Query {
  return {
    encryptedData: Buffer.concat([opening.block, ...garbled, ...own.blocks.slice(1)]),
    iv: xor(opening.preimage, OPENING),
  };
}

/** The bridge as the first block, behind the iv that makes it read as the opening: possible once its preimage is known. */
export function forged(bridge: Buffer, preimage: Buffer, own: KnownDocument): Query {
  return { encryptedData: Buffer.concat([bridge, ...own.blocks.slice(1)]), iv: xor(preimage, OPENING) };
}
