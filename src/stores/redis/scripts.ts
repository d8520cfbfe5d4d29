import { failureScripts } from './scripts/failure-scripts.js';
import { limitScripts } from './scripts/limit-scripts.js';
import { onceScripts } from './scripts/once-scripts.js';
import { userRecordScripts } from './scripts/user-record-scripts.js';

/*
 * What must happen at once, as Lua. The keys of one call have one hash tag, so that Cluster keeps them in one slot, and are
 * written as KEYS[1], KEYS[2], because Alibaba Cloud's proxy takes no other scripts.
 *
 * Scripts read strings with GETEX and numbers with HINCRBY by 0: Redis tracks keys for which a command of reading was
 * called, and would tell the gateway of every later change as an invalidation of a near copy.
 */
export const scripts = { ...userRecordScripts, ...limitScripts, ...failureScripts, ...onceScripts };
