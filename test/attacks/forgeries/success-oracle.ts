import type { Attacker } from '../attacker.js';
import { BLOCK } from '../blocks.js';
import type { CountedOracle } from '../oracle.js';
import { bridgeTo, forged, knownBlocks, spliced } from './string-splice.js';

const TAPS = 200;
const AT_ONCE = 16;

/**
 * If a number may hold any characters, success alone is an oracle: a garbled block passes one time in ten, and the
 * returned number shows its bytes as far as they are ASCII. That is the preimage of a block which was chosen to be
 * followed by another number.
 */
export async function successForgery(oracle: CountedOracle, attacker: Attacker, number: string): Promise<void> {
  const own = attacker.tap();
  const bridge = bridgeTo(own, `${number}","pu`);
  const preimage = new Map<number, number>();
  const openings = knownBlocks(attacker, TAPS);

  while (preimage.size < BLOCK) {
    const batch = openings.splice(0, AT_ONCE);
    if (batch.length === 0) return;
    const answers = await oracle.askAll(batch.map((opening) => spliced(opening, [bridge], own)));
    batch.forEach(({ block }, i) => {
      const garbled = (answers[i]?.number ?? '').slice(0, -number.length);
      // Fewer characters than bytes: which byte became which character is not certain.
      if (garbled.length !== BLOCK) return;
      block.forEach((before, at) => {
        const byte = garbled.charCodeAt(at);
        if (byte < 0x80) preimage.set(at, byte ^ before);
      });
    });
  }
  const bytes = Buffer.from(Array.from({ length: BLOCK }, (_, at) => preimage.get(at) ?? 0));
  await oracle.ask(forged(bridge, bytes, own));
}
