/**
 * A text that must not be seen: it prints, serialises and inspects as nothing. `reveal` is the one way to it, so that
 * a search for that word finds every place where a secret is used.
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
