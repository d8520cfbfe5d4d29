import type { LookupAddress } from 'node:dns';
import { lookup as lookupInDns } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { buildConnector, errors } from 'undici';
import type { Milliseconds } from '../domain/clock.js';

/** Delay before the next address is tried in parallel (RFC 8305 section 5, "Connection Attempt Delay"). */
const NEXT_AFTER: Milliseconds = 250;
/** Most addresses of a name that are tried. */
const MAX_ADDRESSES = 8;

/** Looks up the addresses of a host name, in the order in which to try them. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface HappyEyeballsOptions {
  /** Deadline for a connection, including the look-up and the TLS handshake. */
  readonly timeout: Milliseconds;
  /** Default: the system's. */
  readonly lookup?: Lookup | undefined;
  /** Default: Node's certificate authorities. */
  readonly ca?: ConnectionOptions['ca'];
}

/**
 * Connects to the first address of a name that answers, TLS handshake included. The next address is tried after
 * NEXT_AFTER, or as soon as an attempt fails. No attempt is given up before the timeout.
 *
 * Replaces Node's autoSelectFamily, which gives up each address after 250 ms and so never connects over lines with a
 * slower handshake (https://github.com/nodejs/node/issues/54359).
 * Source: RFC 8305, "Happy Eyeballs Version 2".
 */
export function happyEyeballs({ timeout, lookup = systemLookup, ca }: HappyEyeballsOptions): buildConnector.connector {
  // No timeout of its own: the whole race has one. It returns its socket, which its types leave out.
  const connect = buildConnector({ timeout: 0, ...(ca !== undefined && { ca }) }) as unknown as Connect;
  return (options, callback) => {
    const race = new Race(connect, options, callback);
    const timer = setTimeout(() => race.fail(new errors.ConnectTimeoutError('no connection in time')), timeout);
    race.onEnd(() => clearTimeout(timer));
    if (isIP(options.hostname) !== 0) race.start([options.hostname]);
    else
      lookup(options.hostname).then(
        (found) => race.start(inTurns(found)),
        (error: unknown) => race.fail(error instanceof Error ? error : new Error('the look-up failed')),
      );
  };
}

type Connect = (options: buildConnector.Options, callback: (error: Error | null) => void) => Socket;

/** Attempts at the addresses of one name. The first connection wins and ends the others. */
class Race {
  readonly #connect: Connect;
  readonly #options: buildConnector.Options;
  readonly #callback: buildConnector.Callback;
  readonly #underWay = new Set<Socket>();
  readonly #atEnd: (() => void)[] = [];
  #addresses: string[] = [];
  #hasEnded = false;

  constructor(connect: Connect, options: buildConnector.Options, callback: buildConnector.Callback) {
    this.#connect = connect;
    this.#options = options;
    this.#callback = callback;
  }

  onEnd(work: () => void): void {
    this.#atEnd.push(work);
  }

  start(addresses: readonly string[]): void {
    this.#addresses = addresses.slice(0, MAX_ADDRESSES);
    if (this.#addresses.length === 0) this.fail(new Error('the name has no address'));
    else this.#attempt();
  }

  fail(error: Error): void {
    this.#end(() => this.#callback(error, null));
  }

  #attempt(): void {
    const hostname = this.#addresses.shift();
    if (hostname === undefined || this.#hasEnded) return;
    const next = setTimeout(() => this.#attempt(), NEXT_AFTER);
    this.onEnd(() => clearTimeout(next));
    const socket = this.#connect({ ...this.#options, hostname }, (error) => {
      this.#underWay.delete(socket);
      if (error === null) return this.#end(() => this.#callback(null, socket));
      clearTimeout(next);
      if (this.#addresses.length > 0) this.#attempt();
      else if (this.#underWay.size === 0) this.fail(error);
    });
    this.#underWay.add(socket);
  }

  #end(tell: () => void): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const work of this.#atEnd) work();
    for (const socket of this.#underWay) socket.destroy();
    tell();
  }
}

async function systemLookup(hostname: string): Promise<readonly LookupAddress[]> {
  return lookupInDns(hostname, { all: true });
}

/** Alternates the address families, so that a dead family costs one attempt. */
function inTurns(addresses: readonly LookupAddress[]): string[] {
  const [first] = addresses;
  const preferred = addresses.filter(({ family }) => family === first?.family);
  const others = addresses.filter(({ family }) => family !== first?.family);
  const turns = preferred.flatMap((one, i) => [one, ...others.slice(i, i + 1)]);
  return [...turns, ...others.slice(preferred.length)].map(({ address }) => address);
}
