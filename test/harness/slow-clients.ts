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
  /** It takes nothing of what is sent to it. */
  readonly neverReads?: boolean;
}

/** Connections that are made at a time: more would fill the queue of the listening socket. */
const AT_A_TIME = 100;

/** Many connections of slow clients to one server. */
export class SlowClients {
  readonly #sockets = new Set<Socket>();
  readonly #dripping: NodeJS.Timeout | undefined;

  private constructor(drips: string | undefined) {
    this.#dripping = drips === undefined ? undefined : setInterval(() => this.#writeToAll(drips), 1_000);
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

  async #connect(url: string, { opens, halfCloses = false, neverReads = false }: SlowClient): Promise<void> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    // The server may reset a connection that it gives up.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    if (neverReads) socket.pause();
    else socket.resume().once('end', () => socket.destroy());
    if (opens !== undefined) socket.write(opens);
    if (halfCloses) socket.end();
  }

  #writeToAll(text: string): void {
    for (const socket of this.#sockets) socket.write(text);
  }
}
