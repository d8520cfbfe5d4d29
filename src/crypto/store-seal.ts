import { seal, type SealingKey, unseal } from './sealing.js';

/** A sealing key with its name. */
export interface NamedKey {
  /** Letters, digits, '-' and '_'. */
  readonly id: string;
  readonly key: SealingKey;
}

/**
 * Seals values for a store outside this process. The first key seals, every key opens. To rotate keys, put the new one
 * in front; remove an old one when nothing sealed with it is left.
 */
export class StoreSeal {
  readonly #first: NamedKey;
  readonly #byId: ReadonlyMap<string, NamedKey>;
  readonly #prefix: string;
  #unopened = 0;

  /** @param prefix in front of the name of every record, which each text is bound to */
  constructor(keys: readonly [NamedKey, ...NamedKey[]], prefix = 'wpg:') {
    this.#first = keys[0];
    this.#byId = new Map(keys.map((key) => [key.id, key]));
    this.#prefix = prefix;
  }

  /** How many records did not open. */
  get unopened(): number {
    return this.#unopened;
  }

  /** @param record the name of the record, to which the text is bound */
  seal(record: string, text: string): string {
    return `${this.#first.id}.${seal(this.#first.key, text, `${this.#prefix}${record}`)}`;
  }

  /** Opens a text that was sealed for this record; undefined if its key is gone or it was sealed for another record. */
  open(record: string, sealed: string): string | undefined {
    const [id = '', text = ''] = sealed.split('.');
    const named = this.#byId.get(id);
    const opened = named && unseal(named.key, text, `${this.#prefix}${record}`);
    if (opened === undefined) this.#unopened += 1;
    return opened;
  }
}
