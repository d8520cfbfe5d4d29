/** Reads the commands in what a client sends to Redis (RESP: arrays of bulk strings), however the bytes are cut. */
export class RespRequests {
  #rest: Buffer = Buffer.alloc(0);

  /** The commands that end in this chunk, each as its words. */
  read(chunk: Buffer): string[][] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const commands: string[][] = [];
    for (;;) {
      const command = this.#next();
      if (command === undefined) return commands;
      commands.push(command);
    }
  }

  #next(): string[] | undefined {
    const array = this.#header(0, '*');
    if (array === undefined) return undefined;
    const words: string[] = [];
    let at = array.end;
    for (let i = 0; i < array.value; i += 1) {
      const bulk = this.#header(at, '$');
      if (bulk === undefined || this.#rest.length < bulk.end + bulk.value + 2) return undefined;
      words.push(this.#rest.toString('utf8', bulk.end, bulk.end + bulk.value));
      at = bulk.end + bulk.value + 2;
    }
    this.#rest = this.#rest.subarray(at);
    return words;
  }

  /** A type and a number in one line. */
  #header(at: number, type: string): { readonly value: number; readonly end: number } | undefined {
    const end = this.#rest.indexOf('\r\n', at);
    if (end < 0) return undefined;
    if (this.#rest.toString('latin1', at, at + 1) !== type) throw new Error('This is no command in RESP.');
    return { value: Number(this.#rest.toString('latin1', at + 1, end)), end: end + 2 };
  }
}
