import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

const LAST_PORT = 65_535;
/** How far above its port a node of a Redis Cluster listens for the other nodes; before Redis 7 this cannot be set. */
const CLUSTER_BUS = 10_000;

/** A port of the loopback interface that nobody listened on a moment ago. @param wanted to look at this one alone */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A port for a node of a Redis Cluster: the one that it listens on for the other nodes is free too. */
export async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port + CLUSTER_BUS > LAST_PORT) continue;
    const bus = await freePort(port + CLUSTER_BUS).catch(() => undefined);
    if (bus !== undefined) return port;
  }
}
