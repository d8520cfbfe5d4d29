import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { scripts } from '../../src/stores/redis/scripts.js';
import { RespRequests } from './resp-requests.js';

/** The scripts by their hash, which is what goes over the line. */
const SCRIPT_NAMES = new Map(
  Object.entries(scripts).map(([name, { SCRIPT }]) => [createHash('sha1').update(SCRIPT).digest('hex'), name]),
);

/** What shows that the server lives, takes writes and is ours, and belongs to no request. */
const isHeartbeat = (words: readonly string[]) =>
  words[0] === 'TIME' || words.some((word) => /:(probe|marker)\b/.test(word));
/** Answers are held back until nothing has come for so long: commands that wait for none of them have been sent by then. */
const QUIET = 10;

/** What one request sent to Redis. */
export interface RoundTrips {
  /** The names of the commands, heartbeats aside; a script by its own name. */
  readonly commands: readonly string[];
  /** Round trips that the answer waited for, one after the other; commands that went out together wait for one. */
  readonly awaited: number;
}

/**
 * A line to Redis that counts round trips: it holds answers back until the gateway has sent all that it can send without
 * them. However slow the machine is, what waits for an answer cannot come before it.
 */
export class RoundTripProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #held = new Map<Socket, Buffer[]>();
  #commands: string[] = [];
  /** Commands since answers were last let through. */
  #unanswered = 0;
  #rounds = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(redisPort: number) {
    this.#server = createServer({ noDelay: true }, (client) => {
      const redis = connect({ port: redisPort, host: '127.0.0.1', noDelay: true });
      const requests = new RespRequests();
      client.on('data', (chunk) => {
        this.#note(requests.read(chunk));
        redis.write(chunk);
        this.#wait();
      });
      redis.on('data', (chunk) => {
        this.#held.set(client, [...(this.#held.get(client) ?? []), chunk]);
        this.#wait();
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

  static async start(redisPort: number): Promise<RoundTripProxy> {
    const proxy = new RoundTripProxy(redisPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Does this work, and what it leaves behind, and tells what it sent to Redis. */
  async count<T>(work: () => Promise<T>): Promise<RoundTrips & { readonly answer: T }> {
    this.#commands = [];
    this.#rounds = 0;
    const answer = await work();
    const awaited = this.#rounds;
    await this.#quiet();
    return { answer, awaited, commands: this.#commands };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Until nobody waits for an answer, and nothing came of the last one. */
  async #quiet(): Promise<void> {
    do {
      await delay(3 * QUIET);
    } while (this.#unanswered > 0 || this.#held.size > 0);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#held.size === 0) return;
      if (this.#unanswered > 0) this.#rounds += 1;
      this.#unanswered = 0;
      for (const [client, chunks] of this.#held) client.write(Buffer.concat(chunks));
      this.#held.clear();
    }, QUIET);
  }

  #note(commands: readonly string[][]): void {
    for (const words of commands) {
      if (isHeartbeat(words)) continue;
      const [name = '', sha = ''] = words;
      this.#unanswered += 1;
      this.#commands.push(name === 'EVALSHA' ? `EVALSHA ${SCRIPT_NAMES.get(sha) ?? sha}` : name);
    }
  }
}
