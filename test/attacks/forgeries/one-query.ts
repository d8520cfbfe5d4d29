import type { Attacker } from '../attacker.js';
import { BLOCK, xor } from '../blocks.js';
import type { CountedOracle, Query } from '../oracle.js';
import { OPENING } from './string-splice.js';

/**
 * The attacker's user info, cut where its nickname reaches a block's edge: the block in front gets the iv that makes it read
 * as the opening of a phone document. Nothing is garbled, so no oracle is needed.
 */
export async function oneQueryForgery(oracle: CountedOracle, attacker: Attacker, number: string): Promise<void> {
  await oracle.ask(cutUserInfo(attacker, number));
}

/** @param inside what the nickname holds from the block's edge on */
export function cutUserInfo(attacker: Attacker, inside: string): Query {
  const head = `{"openId":"${attacker.openId}","nickName":"`.length;
  const edge = Math.ceil(head / BLOCK);
  const info = attacker.userInfo('x'.repeat(edge * BLOCK - head) + inside);
  return {
    encryptedData: Buffer.concat(info.blocks.slice(edge - 1)),
    iv: xor(info.preimage(edge - 1), OPENING),
  };
}
