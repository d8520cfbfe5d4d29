import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Leads what one side of a connection sends to the other. */
export type Lead = (client: Socket, redis: Socket) => void;

/** A port in front of Redis, whose connections are led there as a test has it. A connection ends on both sides at once. */
export class RedisRelay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(port: number, lead: Lead) {
    this.#server = createServer({ noDelay: true }, (client) => {
      const redis = connect({ port, host: '127.0.0.1', noDelay: true });
      for (const socket of [client, redis]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          redis.destroy();
        });
      }
      lead(client, redis);
    });
  }

  /** @param port of Redis */
  static async to(port: number, lead: Lead): Promise<RedisRelay> {
    const relay = new RedisRelay(port, lead);
    await once(relay.#server.listen(0, '127.0.0.1'), 'listening');
    return relay;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
