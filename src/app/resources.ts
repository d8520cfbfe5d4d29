type Close = () => Promise<void>;

/** Opened resources, which are closed in reverse order. */
export class Resources {
  readonly #open: Close[] = [];

  add(close: Close): void {
    this.#open.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#open.splice(0).reverse()) await close();
  }
}
