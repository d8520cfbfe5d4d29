/** Query of an attacker. */
export interface Query {
  readonly encryptedData: Buffer;
  readonly iv: Buffer;
}

/** Answer as an attacker sees it. */
export interface Answer {
  /** The number that the server vouches for, if any. */
  readonly number: string | undefined;
  /** Everything that answers can be told apart by: the status and the body's bytes. */
  readonly text: string;
}

/** A server that decrypts, seen from outside. */
export interface Oracle {
  ask(query: Query): Promise<Answer>;
}

export class OutOfQueries extends Error {
  override readonly name = 'OutOfQueries';
}

/** Counts the queries, keeps the answers, and ends an attack that has used its share. */
export class CountedOracle implements Oracle {
  readonly #oracle: Oracle;
  readonly #limit: number;
  queries = 0;
  /** How often each answer came. */
  readonly answers = new Map<string, number>();
  readonly numbers = new Set<string>();

  constructor(oracle: Oracle, limit: number) {
    this.#oracle = oracle;
    this.#limit = limit;
  }

  async ask(query: Query): Promise<Answer> {
    if (this.queries >= this.#limit) throw new OutOfQueries();
    this.queries += 1;
    const answer = await this.#oracle.ask(query);
    this.answers.set(answer.text, (this.answers.get(answer.text) ?? 0) + 1);
    if (answer.number !== undefined) this.numbers.add(answer.number);
    return answer;
  }

  /** Sends queries concurrently. If fewer are left, sends those, and then ends the attack. */
  async askAll(queries: readonly Query[]): Promise<Answer[]> {
    const left = queries.slice(0, this.#limit - this.queries);
    const answers = await Promise.all(left.map((query) => this.ask(query)));
    if (left.length < queries.length) throw new OutOfQueries();
    return answers;
  }

  /** The answer that came most often, of those so far. */
  get commonest(): string {
    return [...this.answers].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  }
}
