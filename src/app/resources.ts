type Close = () => Promise<void>;

/** What has been opened, to be closed in reverse order. */
export class Resources {
  readonly #open: Close[] = [];

  add(close: Close): void {
    this.#open.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#open.splice(0).reverse()) await close();
  }
}
