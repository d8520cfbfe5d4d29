import { randomInt } from 'node:crypto';
import { BLOCK } from '../blocks.js';

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
/**
 * Whether a byte breaks a JSON string, or may break it: a backslash does, unless the next letter makes it an escape.
 */
const BREAKS = BYTES.map((byte) => byte < 0x20 || byte === 0x22);
const MAY_BREAK = BYTES.map((byte) => byte < 0x20 || byte === 0x22 || byte === 0x5c);

/** How likely a query may be to fail by the bytes under test, together and singly: a query that fails teaches nothing. */
const RISK = 1;
const SINGLE_RISK = 0.7;
/** Which part of the best gain is good enough. */
const GOOD = 0.6;

/** A byte to put in front of one that is looked for. */
interface Front {
  readonly byte: number;
  /** The part of the candidates for which the document may break. */
  readonly risk: number;
  /** The part that is ruled out if the document does not break. */
  readonly gain: number;
}

/** Remaining candidates for each byte of a block's preimage. */
export class Candidates {
  readonly #left: number[][] = Array.from({ length: BLOCK }, () => BYTES);
  readonly #fronts: Front[][] = this.#left.map(frontsOf);

  /** The preimage, once it is certain. */
  get only(): Buffer | undefined {
    return this.#left.every((left) => left.length === 1) ? Buffer.from(this.#left.flat()) : undefined;
  }

  /** With this block in front the document was still JSON. */
  survived(block: Buffer): void {
    block.forEach((byte, at) => {
      const before = this.#left[at] ?? [];
      const left = before.filter((candidate) => BREAKS[candidate ^ byte] !== true);
      // None left: a backslash that was an escape misled us about another byte. Start again with this one.
      this.#left[at] = left.length > 0 ? left : BYTES;
      if (left.length !== before.length) this.#fronts[at] = frontsOf(this.#left[at]);
    });
  }

  /** Blocks to put in front: a few bytes of each rule out as much as the risk allows, the others risk the least. */
  blocks(count: number): Buffer[] {
    return Array.from({ length: count }, () => {
      const block = Buffer.alloc(BLOCK);
      const first = randomInt(BLOCK);
      let allowed = RISK;
      for (let i = 0; i < BLOCK; i += 1) {
        const at = (first + i) % BLOCK;
        const { byte, risk } = pick(this.#fronts[at] ?? [], Math.min(allowed, SINGLE_RISK));
        allowed -= risk;
        block[at] = byte;
      }
      return block;
    });
  }
}

function frontsOf(left: readonly number[]): Front[] {
  const part = (byte: number, table: readonly boolean[]) =>
    left.filter((candidate) => table[candidate ^ byte] === true).length / left.length;
  return BYTES.map((byte) => ({
    byte,
    risk: left.length === 1 ? 0 : part(byte, MAY_BREAK),
    gain: left.length === 1 ? 0 : part(byte, BREAKS),
  }));
}

/**
 * Picks any byte with a good gain within this risk; if none is within it, one with the lowest risk. Not always the best
 * one: if the true value is the one that it would rule out, it would fail for ever.
 */
function pick(fronts: readonly Front[], allowed: number): Front {
  const within = fronts.filter(({ risk, gain }) => risk <= allowed && gain > 0);
  const good = Math.max(...within.map(({ gain }) => gain)) * GOOD;
  const least = Math.min(...fronts.map(({ risk }) => risk));
  const options =
    within.length > 0 ? within.filter(({ gain }) => gain >= good) : fronts.filter(({ risk }) => risk === least);
  return options[randomInt(options.length)] ?? { byte: 0, risk: 0, gain: 0 };
}
