import type { Instant } from '../../domain/clock.js';
import type { NodeClient } from './node-client.js';

/** Asks a server for its time. Source: redis.io, "TIME": seconds, and microseconds of the second. */
export async function askTime(client: NodeClient): Promise<Instant> {
  const [seconds, microseconds] = await client.sendCommand<[string, string]>(['TIME']);
  return Number(seconds) * 1000 + Number(microseconds) / 1000;
}
