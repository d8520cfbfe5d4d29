import { setTimeout as delay } from 'node:timers/promises';
import type { StoreSeal } from '../../crypto/store-seal.js';
import { Deadline } from '../../domain/deadline.js';
import type { Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import { noRedisObserver } from '../../domain/redis-observer.js';
import { addressText, type HostAndPort, type RedisSettings } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { Deadlines } from './deadlines.js';
import { type ExaminedServer, examineServer } from './examined-server.js';
import { openPlain } from './node-client.js';
import { reasonOf } from './refusal.js';
import { topologyOf } from './topology/topology-of.js';
import type { Topology } from './topology/topology.js';

/** Sentinels or nodes of a cluster that have not told by then where the masters are do not know it. */
const FOUND_WITHIN: Milliseconds = 3_000;
const LOOK_EVERY: Milliseconds = 25;

/** A server without a connection or an answer. */
export interface UnreachableServer {
  readonly address: string;
  /** In a word, such as ECONNREFUSED; undefined: it answered, and was of no help. */
  readonly reason: string | undefined;
}

export interface RedisExamination {
  /** The servers that hold keys; none if nobody tells where they are. */
  readonly servers: readonly (ExaminedServer | UnreachableServer)[];
  /** If nobody tells where the servers are: the sentinels or the nodes that should know. */
  readonly asked: readonly UnreachableServer[];
}

/**
 * Examines the servers of a Redis of any topology. Leaves nothing behind: what is written is deleted, and has a short time
 * to live. Ends within seconds, whatever the servers do.
 */
export async function examineRedis(settings: RedisSettings, seal: StoreSeal): Promise<RedisExamination> {
  const deadlines = new Deadlines();
  const topology = topologyOf({
    settings: { ...settings, nearCopies: 'off' },
    log: SILENT,
    observer: noRedisObserver,
    maxNear: 1,
    deadlines,
  });
  try {
    if (!(await isFound(topology))) return { servers: [], asked: await Promise.all(knowing(settings).map(tried)) };
    const examined = topology.lines.flatMap((line) => {
      const { address } = line;
      if (address === undefined) return [];
      const hasKey = (key: string) => topology.lineOf(key) === line;
      const unreachable = (error: unknown) => ({ address: addressText(address), reason: reasonFor(error) });
      return [examineServer({ address, settings, seal, deadlines, hasKey }).catch(unreachable)];
    });
    return { servers: await Promise.all(examined), asked: [] };
  } finally {
    topology.close();
  }
}

/** Whether the servers of all keys become known in time. */
async function isFound(topology: Topology): Promise<boolean> {
  const deadline = new Deadline(FOUND_WITHIN);
  for (;;) {
    if (topology.isComplete && topology.lines.every(({ address }) => address !== undefined)) return true;
    if (deadline.left === 0) return false;
    await delay(LOOK_EVERY);
  }
}

interface Knowing {
  readonly address: HostAndPort;
  readonly settings: RedisSettings;
}

/** The servers that should know where the masters are. */
function knowing(settings: RedisSettings): readonly Knowing[] {
  const { servers } = settings;
  switch (servers.kind) {
    case 'node':
      return [];
    case 'sentinel':
      // A connection alone needs no password, and the sentinels' is not the masters'.
      return servers.sentinels.map((address) => ({
        address,
        settings: { ...settings, username: undefined, password: undefined, database: 0 },
      }));
    case 'cluster':
      return servers.nodes.map((address) => ({ address, settings }));
  }
}

async function tried({ address, settings }: Knowing): Promise<UnreachableServer> {
  try {
    const { client } = await openPlain(settings, address);
    client.destroy();
    return { address: addressText(address), reason: undefined };
  } catch (error) {
    return { address: addressText(address), reason: reasonFor(error) };
  }
}

function reasonFor(error: unknown): string {
  if (!(error instanceof StoreUnavailable)) return reasonOf(error);
  return error.cause === undefined ? 'no answer' : reasonOf(error.cause);
}

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
