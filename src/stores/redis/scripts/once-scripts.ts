import { script } from './script.js';

/** What became of a claim, and with it the answer, or the holder's name. */
export interface ClaimReply {
  readonly 0: 'answered' | 'mine' | 'pending' | 'used';
  readonly 1: string;
}

export const onceScripts = {
  /**
   * Claims an id. KEYS: its owner, the owner's lease, its answer, what a waiting claimant is told. ARGV: the claimant's
   * name, milliseconds of the lease, milliseconds that the id is remembered.
   */
  claim: script(
    `
    local answer = redis.call('GETEX', KEYS[4]) or redis.call('GETEX', KEYS[3])
    if answer then return {'answered', answer} end
    local owner = redis.call('GETEX', KEYS[1])
    if not owner then
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
      redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
      return {'mine', ARGV[1]}
    end
    if redis.call('GETEX', KEYS[2]) then return {'pending', owner} end
    return {'used', ''}`,
    (reply) => reply as ClaimReply,
  ),

  /**
   * Keeps an answer. KEYS as for claim. ARGV: the answer, milliseconds that those who wait are told it, milliseconds that
   * everybody gets it, milliseconds that the id is remembered, the claimant's name: if the id is another's by now, nothing
   * is kept.
   */
  keepAnswer: script(
    `
    local owner = redis.call('GETEX', KEYS[1])
    if owner and owner ~= ARGV[5] then return nil end
    if tonumber(ARGV[3]) > 0 then redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[3]) end
    if tonumber(ARGV[3]) < tonumber(ARGV[2]) then redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2]) end
    redis.call('SET', KEYS[1], ARGV[5], 'PX', ARGV[4])
    redis.call('DEL', KEYS[2])
    return nil`,
    (reply) => reply as null,
  ),

  /** Gives an id free that is still of the owner in ARGV, who did nothing with it. KEYS: its owner, the owner's lease. */
  abandonClaim: script(
    `
    if redis.call('GETEX', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
    return nil`,
    (reply) => reply as null,
  ),

  /**
   * Gives an id free. KEYS as for claim. ARGV: the answer for those who wait, milliseconds that they are told it, the
   * claimant's name: what is another's by now stays.
   */
  releaseClaim: script(
    `
    redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
    if redis.call('GETEX', KEYS[1]) == ARGV[3] then redis.call('DEL', KEYS[1], KEYS[2]) end
    return nil`,
    (reply) => reply as null,
  ),
};
