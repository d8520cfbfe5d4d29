import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Seeded } from '../history/seeded.js';
import type { RedisProcess } from './redis-process.js';

/** Milliseconds until TCP sends a lost segment again, if nothing tells it sooner: its shortest timeout on Linux. */
const RETRANSMISSION = 200;

export interface Loss {
  /** How many segments of a hundred are lost. */
  readonly percent: number;
  readonly seeded: Seeded;
}

/**
 * A line to Redis that loses segments, as TCP shows it: nothing is missing or out of order, but what was lost comes 0.2 s
 * later, and everything that was sent after it no sooner.
 */
export class LossyLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #loss: Loss;
  /** Segments that were lost so far. */
  lost = 0;

  private constructor(to: RedisProcess, loss: Loss) {
    this.#loss = loss;
    this.#server = createServer({ noDelay: true }, (client) => {
      const redis = connect({ port: to.port, host: '127.0.0.1', noDelay: true });
      this.#lead(client, redis);
      this.#lead(redis, client);
    });
  }

  static async to(redis: RedisProcess, loss: Loss): Promise<LossyLine> {
    const line = new LossyLine(redis, loss);
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** One direction of a connection. */
  #lead(from: Socket, to: Socket): void {
    const { percent, seeded } = this.#loss;
    let waiting: Buffer[] | undefined;
    this.#sockets.add(from);
    from.on('data', (segment) => {
      if (waiting !== undefined) waiting.push(segment);
      else if (!seeded.chance(percent / 100)) to.write(segment);
      else {
        this.lost += 1;
        waiting = [segment];
        setTimeout(() => {
          if (waiting !== undefined && !to.destroyed) to.write(Buffer.concat(waiting));
          waiting = undefined;
        }, RETRANSMISSION);
      }
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
