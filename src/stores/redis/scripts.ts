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

/** What became of a reservation, and then the milliseconds to wait, or for each key when its window was opened: '' for a key that is spent. */
export type ReserveReply = readonly ['busy' | 'granted' | 'spent', ...string[]];

/**
 * A user's counts: for each key its failures, how many of them are undecided, and when its window was opened.
 *
 * They are read with HINCRBY by 0: Redis tracks keys that a command of reading was called for, and would tell every count
 * back to its gateway as an invalidation of a near copy.
 */
const COUNTS = `
    local function number(field) return redis.call('HINCRBY', KEYS[1], field, 0) end
    local function forget(name)
      redis.call('HDEL', KEYS[1], name .. ':failures', name .. ':undecided', name .. ':opened')
    end`;

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

  /**
   * Counts a request. KEYS: the count. ARGV: requests let through in a window, milliseconds of the window.
   * Replies 0, or for a request too many the milliseconds until the window has passed.
   */
  countRequest: script(
    `
    local requests = redis.call('INCR', KEYS[1])
    if requests == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    if requests <= tonumber(ARGV[1]) then return 0 end
    return math.max(1, redis.call('PTTL', KEYS[1]))`,
    (reply) => reply as number,
  ),

  /**
   * Reserves a failure of every key that has one left. KEYS: the user's counts, a hash. ARGV: the time, failures allowed,
   * milliseconds of a window, milliseconds of a reservation's lease, then the names of the keys.
   *
   * A reservation counts as a failure from the start. It also counts as undecided, until it is settled or its lease ends:
   * if such a one fills the limit of a key, the reply is to ask again.
   */
  reserveFailures: script(
    `
    ${COUNTS}
    local limit, window, lease = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
    local now = tonumber(ARGV[1])
    local isLeased = now < number('lease')
    local free, wait, isBusy = {}, window, false
    for i = 5, #ARGV do
      local name = ARGV[i]
      local endsAt = number(name .. ':opened') + window
      if endsAt <= now then forget(name) end
      if not isLeased then redis.call('HDEL', KEYS[1], name .. ':undecided') end
      if number(name .. ':failures') < limit then
        free[name] = true
      elseif number(name .. ':undecided') > 0 then
        isBusy = true
      else
        wait = math.min(wait, endsAt - now)
      end
    end
    if isBusy then return {'busy', '0'} end
    if next(free) == nil then return {'spent', tostring(wait)} end
    local reply = {'granted'}
    for i = 5, #ARGV do
      local name = ARGV[i]
      local opened = ''
      if free[name] then
        if redis.call('HINCRBY', KEYS[1], name .. ':failures', 1) == 1 then
          redis.call('HSET', KEYS[1], name .. ':opened', ARGV[1])
        end
        redis.call('HINCRBY', KEYS[1], name .. ':undecided', 1)
        opened = string.format('%.0f', number(name .. ':opened'))
      end
      reply[#reply + 1] = opened
    end
    redis.call('HSET', KEYS[1], 'lease', string.format('%.0f', now + lease))
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return reply`,
    (reply) => reply as ReserveReply,
  ),

  /**
   * Settles reservations whose windows are still those that were opened then. KEYS: the user's counts. ARGV: 1 if the
   * failures are taken back, 0 if they stay; then names of keys, each with the instant at which its window was opened.
   */
  settleFailures: script(
    `
    ${COUNTS}
    for i = 2, #ARGV, 2 do
      local name = ARGV[i]
      local opened = number(name .. ':opened')
      if opened ~= tonumber(ARGV[i + 1]) then
        if opened == 0 then forget(name) end
      else
        if redis.call('HINCRBY', KEYS[1], name .. ':undecided', -1) < 0 then
          redis.call('HDEL', KEYS[1], name .. ':undecided')
        end
        if ARGV[1] == '1' and redis.call('HINCRBY', KEYS[1], name .. ':failures', -1) <= 0 then forget(name) end
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
