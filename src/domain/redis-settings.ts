import type { Milliseconds } from './clock.js';
import type { Secret } from './secret.js';

/** Where a server listens: a host name or an address without brackets, or a socket of this machine. */
export type Address = HostAndPort | { readonly path: string };

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** How the servers of a Redis are found. */
export type RedisServers =
  | { readonly kind: 'node'; readonly node: Address }
  /** The sentinels know which node is the master of this name. */
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly HostAndPort[];
      readonly name: string;
      /** Of the sentinels themselves. */
      readonly passwordFile: string | undefined;
    }
  /** Some nodes of a Cluster, which know all the others. */
  | { readonly kind: 'cluster'; readonly nodes: readonly HostAndPort[] };

export interface RedisTls {
  /** Certificates in PEM that sign the servers' own; undefined: those that Node trusts. */
  readonly ca: string | undefined;
  /** The gateway's own certificate in PEM, if the servers ask for one, and its key. */
  readonly cert: string | undefined;
  readonly key: Secret | undefined;
  /** The name that the servers' certificates must have, instead of the host that is connected to. */
  readonly serverName: string | undefined;
}

/** `auto`: near copies if the server tracks them for us; `on`: no start before it does; `off`: never. */
export type NearCopiesMode = 'auto' | 'on' | 'off';

/** A Redis, and how to talk to it. */
export interface RedisSettings {
  readonly servers: RedisServers;
  /** undefined: in the clear. */
  readonly tls: RedisTls | undefined;
  readonly username: string | undefined;
  /** A file is read anew at each connection. */
  readonly password: Secret | { readonly file: string } | undefined;
  readonly database: number;
  /** In front of every key. */
  readonly keyPrefix: string;
  /** For an answer. */
  readonly timeout: Milliseconds;
  readonly nearCopies: NearCopiesMode;
}

/** Of an address as people write it: `host:port`, `[::1]:port` or a path. */
export function addressText(address: Address): string {
  if ('path' in address) return address.path;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}
