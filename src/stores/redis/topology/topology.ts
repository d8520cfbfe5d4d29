import type { Line } from '../line.js';
import type { NodeClient } from '../node-client.js';

/** The servers of a Redis, and which of them has a key. */
export interface Topology {
  /** Those that hold keys, in an order that every gateway agrees on: the first tells the time. */
  readonly lines: readonly Line[];
  /** Whether every key has a line. */
  readonly isComplete: boolean;
  /** The line to the server that has this key, as far as known. */
  lineOf(key: string): Line | undefined;
  /**
   * Sends a command to the server that has this key, following it if it has moved.
   *
   * @param key without the prefix; undefined: any server will do
   */
  call<T>(command: string, key: string | undefined, send: (client: NodeClient) => Promise<T>): Promise<T>;
  /** Looks after the lines. */
  beat(): void;
  close(): void;
}
