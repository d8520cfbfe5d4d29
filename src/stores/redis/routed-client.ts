import type { NodeClient } from './node-client.js';
import { scripts } from './scripts.js';
import type { Topology } from './topology/topology.js';

/** The commands of the stores. Each goes to the server that has its key, which is its first argument, without the prefix. */
export type Client = Omit<NodeClient, 'sendCommand'>;

type Send = (...args: unknown[]) => Promise<unknown>;

/** Commands over a topology. They always ask a server: near copies are for RedisConnection.near. */
export function routedClient(topology: Topology): Client {
  const methods = new Map<string | symbol, Send>();
  return new Proxy({} as Client, {
    get(_target, name) {
      // A promise that resolves to this object would take it for a promise.
      if (typeof name !== 'string' || name === 'then') return undefined;
      const known = methods.get(name);
      if (known !== undefined) return known;
      const command = name in scripts ? `EVALSHA ${name}` : name.toUpperCase();
      const method: Send = (...args) =>
        topology.call(command, keyOf(args), (client) => methodOf(client, name)(...args));
      methods.set(name, method);
      return method;
    },
  });
}

function methodOf(client: NodeClient, name: string): Send {
  return (client[name as keyof NodeClient] as Send).bind(client);
}

function keyOf([first]: readonly unknown[]): string | undefined {
  const key: unknown = Array.isArray(first) ? first[0] : first;
  return typeof key === 'string' ? key : undefined;
}
