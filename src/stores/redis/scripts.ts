import { type CommandParser, defineScript } from 'redis';

/*
 * What must happen at once, as Lua. The keys of one call have one hash tag, so that Cluster keeps them in one slot; every
 * end is a time to live, so that Redis's clock is the only one.
 */

/** KEYS are the script's keys, ARGV its arguments. */
function script<R>(source: string, transformReply: (reply: unknown) => R) {
  return defineScript({
    SCRIPT: source,
    parseCommand(parser: CommandParser, keys: readonly string[], args: readonly string[]) {
      parser.pushKeysLength([...keys]);
      parser.push(...args);
    },
    transformReply,
  });
}

/** What became of a claim, and with it the answer, or the holder's name. */
export interface ClaimReply {
  readonly 0: 'answered' | 'mine' | 'pending' | 'used';
  readonly 1: string;
}

export const scripts = {
  /** ARGV: the value that must still be there ('' for none), the new value, milliseconds to live. Replies 1 or 0. */
  replaceIfUnchanged: script(
    `
    if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
    return 1`,
    (reply) => reply as number,
  ),

  /**
   * Adds a session to its user's list, which is in the order of Redis's microseconds: a gateway's idea of the time may step
   * back by one of its milliseconds. ARGV: its token, milliseconds to live, how many a user may have.
   * Replies the oldest tokens beyond that. They stay on the list until their sessions have ended.
   */
  listSession: script(
    `
    local time = redis.call('TIME')
    redis.call('ZADD', KEYS[1], time[1] * 1000000 + time[2], ARGV[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    local over = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[3])
    if over <= 0 then return {} end
    return redis.call('ZRANGE', KEYS[1], 0, over - 1)`,
    (reply) => reply as string[],
  ),

  /*
   * The next two read with HINCRBY by 0: a key that a command of reading was called for is tracked for the near copies, and
   * every count would be told back to its gateway as an invalidation.
   */

  /**
   * Counts a failure for every key, or for none. ARGV: failures allowed, milliseconds of a window.
   * Replies when the windows counted in were opened, by Redis's microseconds, or milliseconds until every spent window has
   * passed.
   */
  reserveFailures: script(
    `
    local time = redis.call('TIME')
    local windows, refused = {}, false
    for i, key in ipairs(KEYS) do
      local failures = redis.call('HINCRBY', key, 'failures', 1)
      if failures == 1 then
        redis.call('HINCRBY', key, 'opened', time[1] * 1000000 + time[2])
        redis.call('PEXPIRE', key, ARGV[2])
      end
      windows[i] = string.format('%.0f', redis.call('HINCRBY', key, 'opened', 0))
      refused = refused or failures > tonumber(ARGV[1])
    end
    if not refused then return windows end
    local wait = 1
    for _, key in ipairs(KEYS) do
      local failures = redis.call('HINCRBY', key, 'failures', -1)
      if failures <= 0 then redis.call('DEL', key) end
      if failures >= tonumber(ARGV[1]) then wait = math.max(wait, redis.call('PTTL', key)) end
    end
    return wait`,
    (reply) => reply as string[] | number,
  ),

  /**
   * Takes a failure back from every key whose window is still the one opened then, by ARGV. A count that has ended is made
   * anew by the look at it, and dropped again.
   */
  giveFailuresBack: script(
    `
    for i, key in ipairs(KEYS) do
      local opened = redis.call('HINCRBY', key, 'opened', 0)
      if opened == 0 or (opened == tonumber(ARGV[i]) and redis.call('HINCRBY', key, 'failures', -1) <= 0) then
        redis.call('DEL', key)
      end
    end
    return nil`,
    (reply) => reply as null,
  ),

  /**
   * Claims an id. KEYS: its owner, the owner's lease, its answer, what a waiting claimant is told. ARGV: the claimant's
   * name, milliseconds of the lease, milliseconds that the id is remembered.
   */
  claim: script(
    `
    local answer = redis.call('GET', KEYS[4]) or redis.call('GET', KEYS[3])
    if answer then return {'answered', answer} end
    local owner = redis.call('GET', KEYS[1])
    if not owner then
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
      redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
      return {'mine', ARGV[1]}
    end
    if redis.call('EXISTS', KEYS[2]) == 1 then return {'pending', owner} end
    return {'used', ''}`,
    (reply) => reply as ClaimReply,
  ),

  /**
   * Keeps an answer. KEYS as for claim. ARGV: the answer, milliseconds that those who wait are told it, milliseconds that
   * everybody gets it, milliseconds that the id is remembered, the claimant's name: where the id is another's by now,
   * nothing is kept.
   */
  keepAnswer: script(
    `
    local owner = redis.call('GET', KEYS[1])
    if owner and owner ~= ARGV[5] then return nil end
    redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
    if tonumber(ARGV[3]) > 0 then redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[3]) end
    redis.call('SET', KEYS[1], ARGV[5], 'PX', ARGV[4])
    redis.call('DEL', KEYS[2])
    return nil`,
    (reply) => reply as null,
  ),

  /** Gives an id free that is still of the owner in ARGV, who did nothing with it. KEYS: its owner, the owner's lease. */
  abandonClaim: script(
    `
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
    return nil`,
    (reply) => reply as null,
  ),

  /** Gives an id free. KEYS as for claim. ARGV: the answer for those who wait, milliseconds that they are told it,
   * the claimant's name: what is another's by now stays. */
  releaseClaim: script(
    `
    redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
    if redis.call('GET', KEYS[1]) == ARGV[3] then redis.call('DEL', KEYS[1], KEYS[2]) end
    return nil`,
    (reply) => reply as null,
  ),
};
