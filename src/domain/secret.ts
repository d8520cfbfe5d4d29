/**
 * A text that does not show when it is printed, serialised or inspected. `reveal` is the only access, so a search for
 * it finds every use of a secret.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }
}
