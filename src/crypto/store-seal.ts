import { seal, type SealingKey, unseal } from './sealing.js';

/** A sealing key with its name. */
export interface NamedKey {
  /** Letters, digits, '-' and '_'. */
  readonly id: string;
  readonly key: SealingKey;
}

/**
 * Seals what a store outside this process keeps. The first key seals, every key opens: a new key goes in front, and an
 * old one may go when nothing is left under it.
 */
export class StoreSeal {
  readonly #first: NamedKey;
  readonly #byId: ReadonlyMap<string, NamedKey>;

  constructor(keys: readonly [NamedKey, ...NamedKey[]]) {
    this.#first = keys[0];
    this.#byId = new Map(keys.map((key) => [key.id, key]));
  }

  /** @param record the name of the record, to which the text is bound */
  seal(record: string, text: string): string {
    return `${this.#first.id}.${seal(this.#first.key, text, record)}`;
  }

  /** The text that was sealed for this record, or undefined where its key is gone or it was sealed for another one. */
  open(record: string, sealed: string): string | undefined {
    const [id = '', text = ''] = sealed.split('.');
    const named = this.#byId.get(id);
    return named && unseal(named.key, text, record);
  }
}
