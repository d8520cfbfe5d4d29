/**
 * Sees how Redis answers, for metrics and traces. Names are those of commands and scripts, and the words of Redis's errors:
 * never a key or a value.
 */
export interface RedisObserver {
  /**
   * A command is about to be sent.
   *
   * @returns to be called when it was answered or lost: with the word of the error reply, or `lost`
   */
  command(name: string): (error?: string) => void;

  /**
   * Commands failed for their caller. `late`: no answer in time; `not_sent`: the connection was lost or silent before;
   * `lost`: it was lost after; otherwise the word of the error reply, such as OOM.
   */
  failed(kind: string): void;

  /** A connection was made: the first one to a server, or a new one. */
  connected(): void;

  /** A read that a near copy may answer; a miss is seen as a command too. */
  nearRead(): void;
  nearMiss(): void;
}

const noEnd = (): void => undefined;

/** Sees nothing. */
export const noRedisObserver: RedisObserver = {
  command: () => noEnd,
  failed: () => undefined,
  connected: () => undefined,
  nearRead: () => undefined,
  nearMiss: () => undefined,
};
