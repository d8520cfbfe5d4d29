import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { createClient } from 'redis';
import type { Milliseconds } from '../../domain/clock.js';
import type { Address, RedisSettings, RedisTls } from '../../domain/redis-settings.js';
import { reasonOf, refusedWith } from './refusal.js';
import { scripts } from './scripts.js';

/** Commands that wait for an answer; one more fails at once. */
export const MAX_COMMANDS = 10_000;
const CONNECT_WITHIN: Milliseconds = 1_000;
/** For the whole of a connection, its greeting included: it may be accepted, and nothing come. */
export const OPEN_WITHIN: Milliseconds = 1_500;

/**
 * By version of RESP, what every client is a copy of: for options that differ from those before, be it in the address alone,
 * the library builds a class with a method for each command, which takes 30 ms.
 */
const TEMPLATES = { 2: template(2), 3: template(3) };

/** One connection to one server, with commands and scripts; it is not made again when it is lost. */
export type NodeClient = ReturnType<typeof newClient>;

/** How one connection is made. */
export interface ClientOptions {
  readonly settings: RedisSettings;
  readonly address: Address;
  /** Told of each key, without the prefix, whose near copy is not valid any more, null for all; undefined: RESP2, no near copies. */
  readonly onInvalid: OnInvalid | undefined;
}

export type OnInvalid = (key: string | null) => void;

export interface OpenedClient {
  readonly client: NodeClient;
  /** Whether the server tracks near copies for this connection. */
  readonly hasNear: boolean;
  /** Why it does not, in a word, if it was asked to. */
  readonly withoutNearBecause: string | undefined;
  /** Resolves when the connection is lost or closed. */
  readonly ended: Promise<void>;
}

/**
 * Connects, with near copies if the server offers them. Proxies and some managed servers know neither HELLO nor CLIENT
 * TRACKING, or refuse them to this user; some hang up.
 *
 * @throws if there is no connection within OPEN_WITHIN
 */
export async function openClient(
  settings: RedisSettings,
  address: Address,
  onInvalid: OnInvalid,
): Promise<OpenedClient> {
  if (settings.nearCopies === 'off') return connect({ settings, address, onInvalid: undefined });
  try {
    return await connect({ settings, address, onInvalid });
  } catch (error) {
    if (settings.nearCopies === 'on' || !mayBeNotOffered(error)) throw error;
    const opened = await connect({ settings, address, onInvalid: undefined });
    return { ...opened, withoutNearBecause: reasonOf(error) };
  }
}

/** A connection for questions about the servers: RESP2, no near copies. */
export function openPlain(settings: RedisSettings, address: Address): Promise<OpenedClient> {
  return connect({ settings, address, onInvalid: undefined });
}

async function connect(options: ClientOptions): Promise<OpenedClient> {
  const { settings, onInvalid } = options;
  const client = newClient(options);
  client.on('invalidate', (key: Buffer | string | null) =>
    onInvalid?.(key === null ? null : String(key).slice(settings.keyPrefix.length)),
  );
  const ended = new Promise<void>((resolve) => {
    client.on('terminated', () => resolve());
    client.on('end', () => resolve());
  });
  // The error of a lost connection is that of its commands, and of connect().
  client.on('error', () => undefined);
  const givenUp = new Promise<never>((_resolve, reject) => client.once('end', () => reject(new GreetingLost())));
  givenUp.catch(() => undefined);
  const timer = setTimeout(() => client.destroy(), OPEN_WITHIN);
  try {
    await Promise.race([client.connect(), givenUp]);
  } catch (error) {
    client.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  // Not part of the greeting, which would fail if the server refused it.
  client.sendCommand(['CLIENT', 'SETNAME', connectionName()]).catch(() => undefined);
  return { client, hasNear: options.onInvalid !== undefined, withoutNearBecause: undefined, ended };
}

class GreetingLost extends Error {
  readonly code = 'GREETING_LOST';
}

function mayBeNotOffered(error: unknown): boolean {
  const word = refusedWith(error);
  if (word !== undefined) return ['ERR', 'NOPROTO', 'NOPERM', 'UNKNOWN_COMMAND'].includes(word);
  return error instanceof Error && error.constructor.name === 'SocketClosedUnexpectedlyError';
}

/** In CLIENT LIST: which program, and on which machine. */
function connectionName(): string {
  return `weixin-phone-gateway@${hostname().replace(/[^\x21-\x7e]/g, '')}`;
}

function template(version: 2 | 3) {
  return createClient({
    RESP: version as 3,
    scripts,
    maintNotifications: 'disabled',
    disableClientInfo: true,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_COMMANDS,
    // `run` has a deadline of its own; the client's would cost a signal for every command.
    commandOptions: { timeout: 0 },
  });
}

function newClient({ settings, address, onInvalid }: ClientOptions) {
  const { username, password, database, keyPrefix, tls } = settings;
  const socket = {
    ...address,
    ...(tls && 'host' in address && tlsOptions(tls, address.host)),
    connectTimeout: CONNECT_WITHIN,
    reconnectStrategy: () => false as const,
  };
  return TEMPLATES[onInvalid === undefined ? 2 : 3].duplicate({
    socket: socket as Parameters<typeof createClient>[0] extends { socket?: infer S } | undefined ? S & object : never,
    keyPrefix,
    database,
    ...((password !== undefined || username !== undefined) && {
      credentialsProvider: {
        type: 'async-credentials-provider' as const,
        credentials: async () => ({ username, password: await currentPassword(password) }) as { username: string },
      },
    }),
    emitInvalidate: onInvalid !== undefined,
  });
}

/** What a file holds now, without the end of its line. */
export async function currentPassword(password: RedisSettings['password']): Promise<string | undefined> {
  if (password === undefined) return undefined;
  return 'file' in password ? (await readFile(password.file, 'utf8')).replace(/\r?\n$/, '') : password.reveal();
}

export function tlsOptions({ ca, cert, key, serverName }: RedisTls, host: string): object {
  const isAddress = /^[\d.]+$|:/.test(host);
  const servername = serverName ?? (isAddress ? undefined : host);
  return {
    tls: true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key: key.reveal() }),
    ...(servername !== undefined && { servername }),
  };
}
