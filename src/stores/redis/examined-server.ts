import type { StoreSeal } from '../../crypto/store-seal.js';
import type { Milliseconds } from '../../domain/clock.js';
import { type Address, addressText, type RedisSettings } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Deadlines } from './deadlines.js';
import { refusals, type ServerVersion, versionOf } from './inspection.js';
import { markerName } from './key-names.js';
import { type NodeClient, openClient } from './node-client.js';
import { type Refusal, refusedWith } from './refusal.js';
import { askTime } from './server-time.js';

/** An answer that takes longer is none; REDIS_TIMEOUT_MS may be longer. */
const ANSWER_WITHIN: Milliseconds = 1_000;
/** The fastest of so many answers tells how far away a server is. */
const ANSWERS = 5;
/** Keys that are tried in search of one in a slot of a cluster's node. */
const MAX_KEYS = 10_000;

/** What the marker under the prefix tells: whether our STORE_KEYS sealed the records there, if there are any. */
export type MarkerState = 'none' | 'ours' | 'foreign';

export interface ServerTime {
  readonly roundTrip: Milliseconds;
  /** The server's time less this process's. */
  readonly clockOffset: Milliseconds;
}

/** A server that answered, and what it offers. */
export interface ExaminedServer {
  readonly address: string;
  /** The refused commands among those that the gateway uses. */
  readonly refused: readonly Refusal[];
  /** undefined: the server does not tell it to this user. */
  readonly version: ServerVersion | undefined;
  /** undefined: the server does not tell it to this user. */
  readonly maxmemoryPolicy: string | undefined;
  readonly hasNearCopies: boolean;
  /** Why the server does not track near copies, in a word. */
  readonly withoutNearBecause: string | undefined;
  /** undefined: this user is refused TIME. */
  readonly time: ServerTime | undefined;
  /** undefined: another server has the marker, or this user may not read it. */
  readonly marker: MarkerState | undefined;
}

export interface ServerToExamine {
  readonly address: Address;
  readonly settings: RedisSettings;
  readonly seal: StoreSeal;
  readonly deadlines: Deadlines;
  /** Whether this server has a key, which is without the prefix. */
  readonly hasKey: (key: string) => boolean;
}

/**
 * Examines one server over a connection of its own, and leaves nothing behind.
 *
 * @throws if there is no connection, or no answer in time
 */
export async function examineServer({
  address,
  settings,
  seal,
  deadlines,
  hasKey,
}: ServerToExamine): Promise<ExaminedServer> {
  const { keyPrefix, nearCopies } = settings;
  // A server without tracking is examined all the same.
  const mode = nearCopies === 'on' ? 'auto' : nearCopies;
  const { client, hasNear, withoutNearBecause } = await openClient(
    { ...settings, nearCopies: mode },
    address,
    () => undefined,
  );
  const within = Math.max(ANSWER_WITHIN, settings.timeout);
  const answer = <T>(asked: Promise<T>) => deadlines.of(asked, within);
  try {
    return {
      address: addressText(address),
      refused: await answer(refusals(client, `${keyPrefix}${ownKey(hasKey)}`)),
      version: await answer(versionOf(client)),
      maxmemoryPolicy: await answer(maxmemoryPolicyOf(client)),
      hasNearCopies: hasNear,
      withoutNearBecause,
      time: await ifAllowed(fastestTime(() => answer(timeOf(client)))),
      marker: hasKey(markerName()) ? await ifAllowed(answer(markerOf(client, seal))) : undefined,
    };
  } finally {
    client.destroy();
  }
}

/** The answer; undefined if the server refuses the command. */
async function ifAllowed<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StoreUnavailable && refusedWith(error.cause) !== undefined) return undefined;
    throw error;
  }
}

async function fastestTime(ask: () => Promise<ServerTime>): Promise<ServerTime> {
  let fastest = await ask();
  for (let i = 1; i < ANSWERS; i += 1) {
    const time = await ask();
    if (time.roundTrip < fastest.roundTrip) fastest = time;
  }
  return fastest;
}

async function timeOf(client: NodeClient): Promise<ServerTime> {
  const [asked, startedAt] = [Date.now(), performance.now()];
  const time = await askTime(client);
  const roundTrip = performance.now() - startedAt;
  return { roundTrip, clockOffset: time - (asked + roundTrip / 2) };
}

/** The name of a key of the examination's own on this server. */
function ownKey(hasKey: (key: string) => boolean): string {
  for (let i = 0; i < MAX_KEYS; i += 1) if (hasKey(`check:${i}`)) return `check:${i}`;
  return 'check';
}

async function maxmemoryPolicyOf(client: NodeClient): Promise<string | undefined> {
  const info = await client.sendCommand<string>(['INFO', 'memory']).catch(() => '');
  return /^maxmemory_policy:([a-z-]+)/m.exec(info)?.[1];
}

async function markerOf(client: NodeClient, seal: StoreSeal): Promise<MarkerState> {
  const marker = await client.get(markerName());
  if (marker === null) return 'none';
  return seal.open(markerName(), marker) === undefined ? 'foreign' : 'ours';
}
