import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { RedisProcess } from './redis-process.js';

/** A line to Redis that a test can hold up: what Redis writes is kept back, or never comes. */
export class RedisLine {
  readonly #server: Server;
  readonly #lines = new Set<{ readonly client: Socket; readonly redis: Socket; readonly isDead: boolean }>();
  readonly #keptBack = new Map<Socket, Buffer[]>();
  #isHeld = false;
  /** New connections are accepted, and nothing comes over them. */
  isDead = false;
  /** Milliseconds by which what Redis writes comes later. */
  delay = 0;
  /** Where new connections lead; those that are there stay where they are. */
  target: Pick<RedisProcess, 'port'>;

  private constructor(to: Pick<RedisProcess, 'port'>) {
    this.target = to;
    this.#server = createServer((client) => {
      const redis = connect(this.target.port, '127.0.0.1');
      const line = { client, redis, isDead: this.isDead };
      this.#lines.add(line);
      client.on('data', (bytes) => line.isDead || redis.write(bytes));
      redis.on('data', (bytes) => {
        if (this.#isHeld) this.#keptBack.set(client, [...(this.#keptBack.get(client) ?? []), bytes]);
        else if (this.delay > 0) setTimeout(() => client.write(bytes), this.delay);
        else client.write(bytes);
      });
      for (const socket of [client, redis]) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          client.destroy();
          redis.destroy();
          this.#lines.delete(line);
        });
      }
    });
  }

  static async to(redis: Pick<RedisProcess, 'port'>): Promise<RedisLine> {
    const line = new RedisLine(redis);
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Keeps back what Redis writes from now on. */
  hold(): void {
    this.#isHeld = true;
  }

  /** How many bytes are kept back. */
  get held(): number {
    return [...this.#keptBack.values()].flat().reduce((sum, { length }) => sum + length, 0);
  }

  /** Hands over what was kept back, in one piece. */
  release(): void {
    this.#isHeld = false;
    for (const [client, bytes] of this.#keptBack) client.write(Buffer.concat(bytes));
    this.#keptBack.clear();
  }

  /** Hands over what was kept back so far, and keeps back what comes. */
  releaseSoFar(): void {
    this.release();
    this.#isHeld = true;
  }

  cut(): void {
    for (const { client } of this.#lines) client.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
