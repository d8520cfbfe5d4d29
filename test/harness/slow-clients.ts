import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How one slow client behaves once it is connected. */
export interface SlowClient {
  /** What it sends at once. */
  readonly opens?: string;
  /** What it sends every second after that. */
  readonly drips?: string;
  /** It says that it will send no more. */
  readonly halfCloses?: boolean;
}

/** Connections that are made at a time: more would fill the queue of the listening socket. */
const AT_A_TIME = 100;
/** Parts of a second in which a part of the sockets drips. */
const TURNS = 50;

/** Many connections of slow clients to one server. */
export class SlowClients {
  readonly #sockets = new Set<Socket>();
  readonly #dripping: NodeJS.Timeout | undefined;

  private constructor(drips: string | undefined) {
    // Each socket once a second, and never all of them at once: that would hold up whoever measures in this process.
    let turn = 0;
    const drip = (text: string) => this.#writeToEvery(TURNS, (turn += 1) % TURNS, text);
    this.#dripping = drips === undefined ? undefined : setInterval(() => drip(drips), 1_000 / TURNS);
  }

  static async open(url: string, count: number, behaviour: SlowClient): Promise<SlowClients> {
    const clients = new SlowClients(behaviour.drips);
    for (let made = 0; made < count; made += AT_A_TIME) {
      const group = Array.from({ length: Math.min(AT_A_TIME, count - made) }, () => clients.#connect(url, behaviour));
      await Promise.all(group);
    }
    return clients;
  }

  end(): void {
    clearInterval(this.#dripping);
    for (const socket of this.#sockets) socket.destroy();
  }

  async #connect(url: string, { opens, halfCloses = false }: SlowClient): Promise<void> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    // The server may reset a connection that it gives up.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.resume().once('end', () => socket.destroy());
    if (opens !== undefined) socket.write(opens);
    if (halfCloses) socket.end();
  }

  #writeToEvery(nth: number, turn: number, text: string): void {
    let i = 0;
    for (const socket of this.#sockets) if (i++ % nth === turn) socket.write(text);
  }
}
