import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { TLS_CERTIFICATE, TLS_KEY } from './tls-certificate.js';

/** TLS for TLS_HOST in front of a port on 127.0.0.1. */
export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

export async function startTlsFront(to: number): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer({ cert: TLS_CERTIFICATE, key: TLS_KEY }, (client) => {
    const behind = connect(to, '127.0.0.1');
    for (const socket of [client, behind]) sockets.add(socket.on('error', () => undefined));
    client.pipe(behind).pipe(client);
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
