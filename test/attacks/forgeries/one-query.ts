import type { Attacker } from '../attacker.js';
import { BLOCK, xor } from '../blocks.js';
import type { CountedOracle, Query } from '../oracle.js';
import { OPENING } from './string-splice.js';

/**
 * Cuts the attacker's user info at a block boundary inside the nickname. The previous block gets an iv that makes it
 * read as the opening of a phone document. Nothing is garbled, so no oracle is needed.
 */
export async function oneQueryForgery(oracle: CountedOracle, attacker: Attacker, number: string): Promise<void> {
  await oracle.ask(cutUserInfo(attacker, number));
}

/** @param inside content of the nickname from the block boundary on */
export function cutUserInfo(attacker: Attacker, inside: string): Query {
  const head = `{"openId":"${attacker.openId}","nickName":"`.length;
  const edge = Math.ceil(head / BLOCK);
  const info = attacker.userInfo('x'.repeat(edge * BLOCK - head) + inside);
  return {
    encryptedData: Buffer.concat(info.blocks.slice(edge - 1)),
    iv: xor(info.preimage(edge - 1), OPENING),
  };
}
