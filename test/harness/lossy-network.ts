import type { Socket } from 'node:net';
import type { Seeded } from '../history/seeded.js';
import type { Lead } from './redis-relay.js';

/** Milliseconds until TCP sends a lost segment again, if nothing tells it sooner: its shortest timeout on Linux. */
const RETRANSMISSION = 200;

export interface Loss {
  /** How many segments of a hundred are lost. */
  readonly percent: number;
  readonly seeded: Seeded;
}

/**
 * A network on the way to Redis that loses segments, as TCP shows it: nothing is missing or out of order, but what was lost
 * comes 0.2 s later, and everything that was sent after it no sooner.
 */
export class LossyNetwork {
  readonly #loss: Loss;
  /** Segments that were lost so far. */
  lost = 0;

  constructor(loss: Loss) {
    this.#loss = loss;
  }

  readonly lead: Lead = (client, redis) => {
    this.#lead(client, redis);
    this.#lead(redis, client);
  };

  /** One direction of a connection. */
  #lead(from: Socket, to: Socket): void {
    const { percent, seeded } = this.#loss;
    let waiting: Buffer[] | undefined;
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
  }
}
