import { createHash } from 'node:crypto';
import type { Log } from '../../domain/log.js';
import type { NodeClient } from './node-client.js';
import { isElsewhere, isMissing, type Refusal, refusedWith } from './refusal.js';

/** The oldest Redis that is promised. Valkey calls itself 7.2. */
const OLDEST = [6, 2] as const;
export const OLDEST_VERSION = OLDEST.join('.');
const PROBE_TTL = '60000';
/** Does what the gateway's own scripts do with their keys, for a proxy that is particular about it. */
const PROBE_SCRIPT = "return redis.call('GETEX', KEYS[1])";
const PROBE_SHA = createHash('sha1').update(PROBE_SCRIPT).digest('hex');

/**
 * Every command that the gateway uses, in its scripts too, on a key that holds a text: a command for another type is refused
 * for the type, after it has been found and allowed. In this order the key is made with a time to live, and is gone in the end.
 */
function probes(key: string): readonly (readonly [string, ...string[]])[] {
  return [
    ['SET', key, '1', 'PX', PROBE_TTL],
    ['GET', key],
    ['GETEX', key],
    ['SETRANGE', key, '0', '1'],
    ['PEXPIRE', key, PROBE_TTL],
    ['PTTL', key],
    ['INCR', key],
    ['HINCRBY', key, 'field', '0'],
    ['HSET', key, 'field', '1'],
    ['HDEL', key, 'field'],
    // EVAL makes the script known for EVALSHA.
    ['EVAL', PROBE_SCRIPT, '1', key],
    ['EVALSHA', PROBE_SHA, '1', key],
    ['GETDEL', key],
    ['DEL', key],
    ['TIME'],
  ];
}

/**
 * Runs every command that the gateway uses, in one round trip, and tells what was refused, the weightiest first: a node
 * that is no master, then a command that is missing, then what may pass.
 *
 * @param key a key of this node's, prefix included
 */
export async function refusals(client: NodeClient, key: string): Promise<readonly Refusal[]> {
  const answers = await Promise.all(
    probes(key).map(async (args) => {
      const [command] = args;
      try {
        await client.sendCommand([...args]);
        return undefined;
      } catch (error) {
        const word = refusedWith(error);
        if (word !== undefined) return { command, word };
        // WRONGTYPE is as good as an answer; a lost connection is none.
        if (client.isReady) return undefined;
        throw error;
      }
    }),
  );
  const refused = answers.filter((answer) => answer !== undefined);
  return [...refused].sort((a, b) => weight(b.word) - weight(a.word));
}

function weight(word: string): number {
  if (isElsewhere(word)) return 2;
  return isMissing(word) ? 1 : 0;
}

/** A server's version, and whether it is older than promised. */
export interface ServerVersion {
  readonly version: string;
  readonly isOld: boolean;
}

/** The version of a server; undefined if it does not tell it. */
export async function versionOf(client: NodeClient): Promise<ServerVersion | undefined> {
  const info = await client.sendCommand<string>(['INFO', 'server']).catch(() => '');
  const [, version, major, minor] = /^redis_version:((\d+)\.(\d+)[\d.]*)/m.exec(info) ?? [];
  if (version === undefined) return undefined;
  const [oldestMajor, oldestMinor] = OLDEST;
  const isOld = Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor);
  return { version, isOld };
}

/** A line in the log if this server is older than promised. Its version is not always told. */
export async function warnOfOldServer(client: NodeClient, log: Log): Promise<void> {
  const found = await versionOf(client);
  if (found?.isOld === true)
    log.warn({ reason: found.version }, `Redis is older than ${OLDEST_VERSION}, the oldest that is promised to work`);
}
