import type { Line } from '../line.js';
import type { NodeClient } from '../node-client.js';
import type { Topology } from './topology.js';

/** Looks after where a line should lead. */
export interface Watch {
  beat(line: Line): void;
  close(): void;
}

/** One server that has every key: the only one, or the master that the sentinels name. */
export class OneNode implements Topology {
  readonly lines: readonly Line[];
  readonly isComplete = true;
  readonly #line: Line;
  readonly #watch: Watch | undefined;

  /** @param watch looks where the server is, if it moves */
  constructor(line: Line, watch?: Watch) {
    this.#line = line;
    this.#watch = watch;
    this.lines = [line];
  }

  lineOf(): Line {
    return this.#line;
  }

  call<T>(command: string, _key: string | undefined, send: (client: NodeClient) => Promise<T>): Promise<T> {
    return this.#line.call(command, send);
  }

  beat(): void {
    this.#line.beat();
    this.#watch?.beat(this.#line);
  }

  close(): void {
    this.#line.close();
    this.#watch?.close();
  }
}
