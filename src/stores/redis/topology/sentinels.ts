import type { Milliseconds } from '../../../domain/clock.js';
import {
  type Address,
  addressText,
  type HostAndPort,
  type RedisServers,
  type RedisSettings,
} from '../../../domain/redis-settings.js';
import { StoreUnavailable } from '../../store-unavailable.js';
import type { Deadlines } from '../deadlines.js';
import type { Line } from '../line.js';
import { type NodeClient, openPlain } from '../node-client.js';
import type { Watch } from './one-node.js';

/** A sentinel that has not answered by then is left out. */
const ANSWER_WITHIN: Milliseconds = 500;
/** Heartbeats between two looks at whether the master is another one by now: once a second. */
const LOOK_EVERY_BEATS = 4;

type SentinelServers = Extract<RedisServers, { kind: 'sentinel' }>;

interface Master {
  readonly address: HostAndPort;
  readonly epoch: number;
}

/** The sentinels, who know which node is the master. All of them are asked: one of them may be behind. */
export class Sentinels implements Watch {
  readonly #servers: SentinelServers;
  readonly #settings: RedisSettings;
  readonly #deadlines: Deadlines;
  /** Connections, by the sentinels' addresses. */
  readonly #clients = new Map<HostAndPort, NodeClient>();
  #beats = 0;
  #isClosed = false;

  constructor(servers: SentinelServers, settings: RedisSettings, deadlines: Deadlines) {
    const { passwordFile } = servers;
    this.#servers = servers;
    this.#settings = {
      ...settings,
      username: undefined,
      password: passwordFile === undefined ? undefined : { file: passwordFile },
      database: 0,
    };
    this.#deadlines = deadlines;
  }

  /**
   * The master by the latest of the failovers that the sentinels know of.
   *
   * @throws StoreUnavailable if no sentinel answers, or none knows the name
   */
  async master(): Promise<Address> {
    const answers = await Promise.allSettled(this.#servers.sentinels.map((sentinel) => this.#ask(sentinel)));
    const masters = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [latest] = masters.sort((a, b) => b.epoch - a.epoch);
    if (latest === undefined) throw new StoreUnavailable('no sentinel names the master');
    return latest.address;
  }

  beat(line: Line): void {
    this.#beats += 1;
    if (this.#beats % LOOK_EVERY_BEATS === 0) void this.#look(line);
  }

  close(): void {
    this.#isClosed = true;
    for (const client of this.#clients.values()) client.destroy();
  }

  /** An old master that was cut off would still take writes, which are lost when it comes back. */
  async #look(line: Line): Promise<void> {
    const master = await this.master().catch(() => undefined);
    const { address } = line;
    if (master === undefined || address === undefined || !line.isAnswering) return;
    if (addressText(master) !== addressText(address)) line.reconnect();
  }

  async #ask(sentinel: HostAndPort): Promise<Master> {
    const asked = this.#clientOf(sentinel).then((client) =>
      client.sendCommand<string[]>(['SENTINEL', 'MASTER', this.#servers.name]),
    );
    const fields = await this.#deadlines.of(asked, ANSWER_WITHIN);
    const field = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
    return {
      address: { host: field('ip'), port: Number(field('port')) },
      epoch: Number(field('config-epoch')),
    };
  }

  async #clientOf(sentinel: HostAndPort): Promise<NodeClient> {
    const known = this.#clients.get(sentinel);
    if (known !== undefined) return known;
    const { client, ended } = await openPlain(this.#settings, sentinel);
    // Two may have been opened at once.
    this.#clients.get(sentinel)?.destroy();
    this.#clients.set(sentinel, client);
    void ended.then(() => {
      if (this.#clients.get(sentinel) === client) this.#clients.delete(sentinel);
    });
    if (this.#isClosed) client.destroy();
    return client;
  }
}
