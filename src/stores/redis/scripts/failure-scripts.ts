import { script } from './script.js';

/**
 * What became of a reservation. Granted: for each key its name and when its window was opened, '' for a key that is spent.
 * Spent: the milliseconds to wait, and then the names of the keys.
 */
export type ReserveReply = readonly ['busy' | 'granted' | 'spent', ...string[]];

/** A user's counts: for each key its failures, how many of them are undecided, until when they may be, and when its window was opened. */
const COUNTS = `
    local function number(field) return redis.call('HINCRBY', KEYS[1], field, 0) end
    local function forget(name)
      redis.call('HDEL', KEYS[1], name .. ':failures', name .. ':undecided', name .. ':lease', name .. ':opened')
    end`;

export const failureScripts = {
  /**
   * Reserves a failure of every key that has one left. KEYS: the user's counts, a hash; the user's record. ARGV: the time,
   * failures allowed, milliseconds of a window, milliseconds of a reservation's lease, then the names of the keys; without
   * names those of the record: its three newest.
   *
   * A reservation counts as a failure from the start. It also counts as undecided, until it is settled or its lease ends:
   * if such a one fills the limit of a key, the reply is to ask again.
   */
  reserveFailures: script(
    `
    ${COUNTS}
    local limit, window, lease = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
    local now = tonumber(ARGV[1])
    local names = {}
    for i = 5, #ARGV do names[#names + 1] = ARGV[i] end
    if #names == 0 then
      local all, seen = {}, {}
      for line in string.gmatch(redis.call('GETEX', KEYS[2]) or '', '[^\\n]+') do
        if string.sub(line, 1, 1) == 'R' then
          for i = tonumber(string.sub(line, 10, 10)) or 0, 1, -1 do all[#all + 1] = string.sub(line, 22 * i - 11, 22 * i + 10) end
        elseif #line > 82 then
          all[#all + 1] = string.sub(line, 61, 82)
        end
      end
      for i = #all, 1, -1 do
        if not seen[all[i]] and #names < 3 then
          seen[all[i]] = true
          names[#names + 1] = all[i]
        end
      end
    end
    local free, wait, isBusy = {}, window, false
    for _, name in ipairs(names) do
      local endsAt = number(name .. ':opened') + window
      if endsAt <= now then forget(name) end
      if now >= number(name .. ':lease') then redis.call('HDEL', KEYS[1], name .. ':undecided', name .. ':lease') end
      if number(name .. ':failures') < limit then
        free[name] = true
      elseif number(name .. ':undecided') > 0 then
        isBusy = true
      else
        wait = math.min(wait, endsAt - now)
      end
    end
    local reply = {'granted'}
    if isBusy then
      reply = {'busy'}
      for name in pairs(free) do if number(name .. ':failures') == 0 then forget(name) end end
    elseif next(free) == nil and #names > 0 then
      reply = {'spent', string.format('%.0f', wait)}
      for _, name in ipairs(names) do reply[#reply + 1] = name end
    else
      for _, name in ipairs(names) do
        local opened = ''
        if free[name] then
          if redis.call('HINCRBY', KEYS[1], name .. ':failures', 1) == 1 then
            redis.call('HSET', KEYS[1], name .. ':opened', ARGV[1])
          end
          redis.call('HINCRBY', KEYS[1], name .. ':undecided', 1)
          redis.call('HSET', KEYS[1], name .. ':lease', string.format('%.0f', now + lease))
          opened = string.format('%.0f', number(name .. ':opened'))
        end
        reply[#reply + 1] = name
        reply[#reply + 1] = opened
      end
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return reply`,
    (reply) => reply as ReserveReply,
  ),

  /**
   * Settles reservations whose windows are still those that were opened then. KEYS: the user's counts. ARGV: for each key
   * its name, the instant at which its window was opened, and 1 if the failure is taken back, 0 if it stays.
   */
  settleFailures: script(
    `
    ${COUNTS}
    for i = 1, #ARGV, 3 do
      local name = ARGV[i]
      local opened = number(name .. ':opened')
      if opened ~= tonumber(ARGV[i + 1]) then
        if opened == 0 then forget(name) end
      else
        if redis.call('HINCRBY', KEYS[1], name .. ':undecided', -1) <= 0 then
          redis.call('HDEL', KEYS[1], name .. ':undecided', name .. ':lease')
        end
        if ARGV[i + 2] == '1' and redis.call('HINCRBY', KEYS[1], name .. ':failures', -1) <= 0 then forget(name) end
      end
    end
    return nil`,
    (reply) => reply as null,
  ),
};
