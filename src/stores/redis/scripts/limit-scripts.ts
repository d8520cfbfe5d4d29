import { script } from './script.js';

/** Admitted: when the windows of the two counts were opened. Else the milliseconds until the window has passed. */
export type CountLoginReply = readonly ['admitted', string, string] | readonly ['address' | 'app', string];

export const limitScripts = {
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
   * Counts a login, by its address first. KEYS: the counts of the address and of the app, hashes. ARGV: the time, logins let
   * through for an address and for an app, milliseconds of a window.
   */
  countLogin: script(
    `
    local now, window = tonumber(ARGV[1]), tonumber(ARGV[4])
    if redis.call('HINCRBY', KEYS[1], 'n', 1) == 1 then
      redis.call('HSET', KEYS[1], 'opened', ARGV[1])
      redis.call('PEXPIRE', KEYS[1], ARGV[4])
    end
    local byAddress = redis.call('HINCRBY', KEYS[1], 'opened', 0)
    if redis.call('HINCRBY', KEYS[1], 'n', 0) > tonumber(ARGV[2]) then
      return {'address', string.format('%.0f', math.max(1, byAddress + window - now))}
    end
    if redis.call('HINCRBY', KEYS[2], 'n', 1) == 1 then
      redis.call('HSET', KEYS[2], 'opened', ARGV[1])
      redis.call('PEXPIRE', KEYS[2], ARGV[4])
    end
    local byApp = redis.call('HINCRBY', KEYS[2], 'opened', 0)
    if redis.call('HINCRBY', KEYS[2], 'n', 0) > tonumber(ARGV[3]) then
      return {'app', string.format('%.0f', math.max(1, byApp + window - now))}
    end
    return {'admitted', string.format('%.0f', byAddress), string.format('%.0f', byApp)}`,
    (reply) => reply as CountLoginReply,
  ),

  /** Uncounts a login if its windows still run. KEYS as for countLogin. ARGV: when the windows were opened. */
  takeBackLogin: script(
    `
    local opened = redis.call('HINCRBY', KEYS[1], 'opened', 0)
    if opened == 0 then redis.call('DEL', KEYS[1])
    elseif opened == tonumber(ARGV[1]) and redis.call('HINCRBY', KEYS[1], 'n', -1) <= 0 then redis.call('DEL', KEYS[1]) end
    opened = redis.call('HINCRBY', KEYS[2], 'opened', 0)
    if opened == 0 then redis.call('DEL', KEYS[2])
    elseif opened == tonumber(ARGV[2]) and redis.call('HINCRBY', KEYS[2], 'n', -1) <= 0 then redis.call('DEL', KEYS[2]) end
    return nil`,
    (reply) => reply as null,
  ),
};
