import { randomInt } from 'node:crypto';
import type { Attacker } from '../attacker.js';
import type { CountedOracle } from '../oracle.js';
import { Candidates } from './candidates.js';
import { bridgeTo, forged, type KnownBlock, knownBlocks, spliced } from './string-splice.js';

const TAPS = 30;
const AT_ONCE = 32;

/**
 * One bit is an oracle: if any answer shows that a garbled document was still JSON, no garbled byte was a control
 * character or a quotation mark. The block before the examined one is chosen freely; it is garbled itself, and passes
 * one time in ten.
 */
export async function survivalForgery(oracle: CountedOracle, attacker: Attacker, number: string): Promise<void> {
  await survivors(oracle, attacker, 64);
  const garbage = oracle.commonest;
  const own = attacker.tap();
  const bridge = bridgeTo(own, `${number}","pu`);
  const openings = knownBlocks(attacker, TAPS);
  let candidates = new Candidates();

  for (;;) {
    const fronts = candidates.blocks(AT_ONCE);
    const answers = await oracle.askAll(fronts.map((front) => spliced(oneOf(openings), [front, bridge], own)));
    fronts.filter((_, i) => answers[i]?.text !== garbage).forEach((front) => candidates.survived(front));
    const preimage = candidates.only;
    if (preimage !== undefined) {
      const answer = await oracle.ask(forged(bridge, preimage, own));
      if (answer.number === number) return;
      candidates = new Candidates();
    }
  }
}

/** How many documents with one random block in the number's text get another answer than most. */
export async function survivors(oracle: CountedOracle, attacker: Attacker, documents: number): Promise<number> {
  const own = attacker.tap();
  const openings = knownBlocks(attacker, TAPS);
  const texts: string[] = [];
  while (texts.length < documents) {
    const queries = Array.from({ length: AT_ONCE }, () => {
      const bridge = bridgeTo(own, `${randomInt(10 ** 10, 10 ** 11)}","pu`);
      return spliced(oneOf(openings), [bridge], own);
    });
    texts.push(...(await oracle.askAll(queries)).map((answer) => answer.text));
  }
  return texts.filter((text) => text !== oracle.commonest).length;
}

function oneOf(openings: readonly KnownBlock[]): KnownBlock {
  const opening = openings[randomInt(openings.length)];
  if (opening === undefined) throw new RangeError('There is no opening.');
  return opening;
}
