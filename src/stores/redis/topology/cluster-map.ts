import { ErrorReply } from 'redis';
import type { Address, HostAndPort } from '../../../domain/redis-settings.js';

/** Which master has which slots. */
export interface ClusterMap {
  readonly ranges: readonly { readonly from: number; readonly to: number; readonly address: HostAndPort }[];
  /** Of all nodes, replicas included. */
  readonly addresses: readonly HostAndPort[];
}

/**
 * What CLUSTER SLOTS answers: for each range its ends, then its nodes, the master first, each as host, port and more.
 *
 * @param asked the host that answered, which leaves its own host empty if it does not know it
 */
export function parseClusterSlots(reply: unknown, asked: string): ClusterMap {
  const rows = reply as [number, number, ...[string | null, number, ...unknown[]][]][];
  const addressOf = ([host, port]: readonly [string | null, number, ...unknown[]]): HostAndPort => ({
    host: host === null || host === '' || host === '?' ? asked : host,
    port,
  });
  const shards = rows.map(([from, to, ...nodes]) => ({ from, to, nodes: nodes.map(addressOf) }));
  return {
    ranges: shards.flatMap(({ from, to, nodes: [address] }) => (address === undefined ? [] : [{ from, to, address }])),
    addresses: shards.flatMap(({ nodes }) => nodes),
  };
}

/** Where a key is, by a server that does not have it; `address` is undefined if it is at the server's own host. */
export interface Redirection {
  readonly isAsk: boolean;
  readonly address: Address | undefined;
}

/** What `MOVED 3999 127.0.0.1:6381` says; undefined for other errors. */
export function redirection(error: unknown): Redirection | undefined {
  if (!(error instanceof ErrorReply)) return undefined;
  const [, kind, host = '', port] = /^(MOVED|ASK) \d+ (.*):(\d+)/.exec(error.message) ?? [];
  if (kind === undefined) return undefined;
  return {
    isAsk: kind === 'ASK',
    address: host === '' || host === '?' ? undefined : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) },
  };
}
