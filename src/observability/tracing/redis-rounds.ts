import type { Attributes } from '@opentelemetry/api';

/** Counts a request's commands to Redis, and its waits for them: commands that overlap share one. */
export class RedisRounds {
  #commands = 0;
  #rounds = 0;
  #waiting = 0;

  /** A command goes out; the returned function is called when it is answered. */
  begin(): () => void {
    this.#commands += 1;
    if (this.#waiting === 0) this.#rounds += 1;
    this.#waiting += 1;
    return () => {
      this.#waiting -= 1;
    };
  }

  get attributes(): Attributes {
    if (this.#commands === 0) return {};
    return { 'gateway.redis.commands': this.#commands, 'gateway.redis.round_trips': this.#rounds };
  }
}
