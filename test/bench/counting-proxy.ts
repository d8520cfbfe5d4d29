import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { scripts } from '../../src/stores/redis/scripts.js';
import { RespRequests } from './resp-requests.js';

/** The scripts by their hash, which is what goes over the line. */
const SCRIPT_NAMES = new Map(
  Object.entries(scripts).map(([name, { SCRIPT }]) => [createHash('sha1').update(SCRIPT).digest('hex'), name]),
);

/** What shows that the line lives, and belongs to no request. */
const HEARTBEAT = 'TIME';

/** A line to Redis that notes every command, and can hold back every answer for a while. */
export class CountingProxy {
  /** The names of the commands since it was last emptied, heartbeats aside; a script by its own name. */
  commands: string[] = [];
  /** Milliseconds that an answer is held back: whoever waits for n of them, one after the other, takes n times as long. */
  answerDelay = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(redisPort: number) {
    this.#server = createServer({ noDelay: true }, (client) => {
      const redis = connect({ port: redisPort, host: '127.0.0.1', noDelay: true });
      const requests = new RespRequests();
      client.on('data', (chunk) => {
        this.#note(requests.read(chunk));
        redis.write(chunk);
      });
      redis.on('data', (chunk) => {
        if (this.answerDelay === 0) client.write(chunk);
        else setTimeout(() => client.write(chunk), this.answerDelay);
      });
      for (const [socket, other] of [
        [client, redis],
        [redis, client],
      ] as const) {
        this.#sockets.add(socket);
        socket
          .on('error', () => undefined)
          .on('close', () => {
            this.#sockets.delete(socket);
            other.destroy();
          });
      }
    });
  }

  static async start(redisPort: number): Promise<CountingProxy> {
    const proxy = new CountingProxy(redisPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #note(commands: readonly string[][]): void {
    for (const [name = '', sha = ''] of commands) {
      if (name === HEARTBEAT) continue;
      this.commands.push(name === 'EVALSHA' ? `EVALSHA ${SCRIPT_NAMES.get(sha) ?? sha}` : name);
    }
  }
}
