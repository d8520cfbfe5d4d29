import { script } from './script.js';

export const userRecordScripts = {
  /** ARGV: the value that must still be there, the new value. Replies 1 or 0. */
  replaceIfUnchanged: script(
    `
    if redis.call('GETEX', KEYS[1]) ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
    return 1`,
    (reply) => reply as number,
  ),

  /**
   * Appends a login to its user's record, once however often it is sent, and replies the record; null if it is full. KEYS:
   * the record. ARGV: the line (see user-record.ts), milliseconds to live, characters of a full record.
   */
  appendLogin: script(
    `
    local record = redis.call('GETEX', KEYS[1]) or ''
    if not string.find(record, string.sub(ARGV[1], 1, 44), 1, true) then
      if #record + #ARGV[1] > tonumber(ARGV[3]) then return nil end
      record = record .. ARGV[1]
    end
    redis.call('SET', KEYS[1], record, 'PX', ARGV[2])
    return record`,
    (reply) => reply as string | null,
  ),

  /**
   * Notes until when a session may live, and lists it again if its user's record does not have it. KEYS: the record. ARGV:
   * the session's line (see user-record.ts), milliseconds to live, characters of a full record.
   */
  listSession: script(
    `
    local record = redis.call('GETEX', KEYS[1]) or ''
    local at = string.find(record, string.sub(ARGV[1], 1, 44), 1, true)
    if at then
      redis.call('SETRANGE', KEYS[1], at + 43, string.sub(ARGV[1], 45, 52))
    elseif #record + #ARGV[1] <= tonumber(ARGV[3]) then
      redis.call('SET', KEYS[1], record .. ARGV[1])
    else
      return nil
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return nil`,
    (reply) => reply as null,
  ),

  /** Notes that sessions have ended. KEYS: their user's record. ARGV: the hashes of their tokens. */
  unlistSessions: script(
    `
    local record = redis.call('GETEX', KEYS[1]) or ''
    for i = 1, #ARGV do
      local at = string.find(record, 'S' .. ARGV[i], 1, true)
      if at then redis.call('SETRANGE', KEYS[1], at + 43, '00000000') end
    end
    return nil`,
    (reply) => reply as null,
  ),
};
