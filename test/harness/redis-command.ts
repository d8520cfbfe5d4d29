import { createClient } from 'redis';
import type { RedisProcess } from './redis-process.js';

/** Runs one command on a connection of its own. */
export async function redisCommand({ url }: Pick<RedisProcess, 'url'>, ...args: string[]): Promise<unknown> {
  const client = createClient({ url, RESP: 3, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.sendCommand(args);
  } finally {
    client.destroy();
  }
}
