import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** A set of states of the nondeterministic automaton: one state of the deterministic one. */
interface State {
  readonly key: string;
  readonly members: ReadonlySet<number>;
}

/** How many of the 256 bytes lead to a state. */
interface Step {
  readonly to: State;
  readonly bytes: number;
}

/**
 * The automaton of an anchored regular expression without unbounded repetition, over bytes: Thompson's construction and the
 * subset construction, so that every string is counted once, however many ways the expression reads it.
 */
export class ByteAutomaton {
  readonly start: State;
  readonly #edges: { from: number; low: number; high: number; to: number }[][] = [];
  readonly #empty: number[][] = [];
  readonly #accepting: number;
  readonly #steps = new Map<string, readonly Step[]>();
  readonly #counts = new Map<string, bigint>();

  constructor(expression: RegExp) {
    const start = this.#newState();
    this.#accepting = this.#alternatives(new RegExpParser().parsePattern(expression.source).alternatives, start);
    this.start = this.#closure([start]);
  }

  accepts(bytes: Uint8Array): boolean {
    let state: State | undefined = this.start;
    for (const byte of bytes) {
      const next: number[] = [];
      for (const member of state.members) {
        for (const { low, high, to } of this.#edges[member] ?? []) if (low <= byte && byte <= high) next.push(to);
      }
      if (next.length === 0) return false;
      state = this.#closure(next);
    }
    return state.members.has(this.#accepting);
  }

  /** The states after so many bytes of anything that may still be accepted. */
  after(length: number, from: readonly State[] = [this.start]): State[] {
    let states = new Map(from.map((state) => [state.key, state]));
    for (let i = 0; i < length; i += 1) {
      const next = new Map<string, State>();
      for (const state of states.values()) for (const { to } of this.#step(state)) next.set(to.key, to);
      states = next;
    }
    return [...states.values()];
  }

  /** How many strings of this length lead from a state to one from which something is accepted. */
  count(state: State, length: number): bigint {
    if (length === 0) return 1n;
    const key = `${length}:${state.key}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = this.#step(state).reduce((sum, { to, bytes }) => sum + BigInt(bytes) * this.count(to, length - 1), 0n);
      this.#counts.set(key, count);
    }
    return count;
  }

  /** Every state of an expression without dead ends leads to acceptance, so nothing here has to be pruned. */
  #step(state: State): readonly Step[] {
    let steps = this.#steps.get(state.key);
    if (steps === undefined) {
      const edges = [...state.members].flatMap((member) => this.#edges[member] ?? []);
      const targets = new Map<string, { to: State; bytes: number }>();
      for (let byte = 0; byte < 256; byte += 1) {
        const next = edges.filter(({ low, high }) => low <= byte && byte <= high).map((edge) => edge.to);
        if (next.length === 0) continue;
        const to = this.#closure(next);
        const known = targets.get(to.key);
        if (known === undefined) targets.set(to.key, { to, bytes: 1 });
        else known.bytes += 1;
      }
      steps = [...targets.values()];
      this.#steps.set(state.key, steps);
    }
    return steps;
  }

  #closure(of: readonly number[]): State {
    const members = new Set(of);
    for (const member of members) for (const next of this.#empty[member] ?? []) members.add(next);
    return { key: [...members].sort((a, b) => a - b).join(), members };
  }

  #newState(): number {
    this.#edges.push([]);
    return this.#empty.push([]) - 1;
  }

  #connect(from: number, to: number): void {
    this.#empty[from]?.push(to);
  }

  /** @returns the state behind the part */
  #alternatives(alternatives: readonly AST.Alternative[], from: number): number {
    const end = this.#newState();
    for (const { elements } of alternatives) {
      const last = elements.reduce((state, element) => this.#element(element, state), from);
      this.#connect(last, end);
    }
    return end;
  }

  #element(element: AST.Element, from: number): number {
    switch (element.type) {
      case 'Assertion':
        if (element.kind !== 'start' && element.kind !== 'end') throw new TypeError(`Not read here: ${element.raw}`);
        return from;
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(element.alternatives, from);
      case 'Character':
        return this.#bytes([[element.value, element.value]], from);
      case 'CharacterClass':
        return this.#bytes(rangesOf(element), from);
      case 'Quantifier':
        return this.#repeated(element, from);
      default:
        throw new TypeError(`Not read here: ${element.raw}`);
    }
  }

  #repeated({ element, min, max, raw }: AST.Quantifier, from: number): number {
    if (!Number.isFinite(max)) throw new TypeError(`Repeats without a bound: ${raw}`);
    const end = this.#newState();
    let state = from;
    for (let times = 0; times < max; times += 1) {
      if (times >= min) this.#connect(state, end);
      state = this.#element(element, state);
    }
    this.#connect(state, end);
    return end;
  }

  #bytes(ranges: readonly (readonly [number, number])[], from: number): number {
    const to = this.#newState();
    for (const [low, high] of ranges) this.#edges[from]?.push({ from, low, high, to });
    return to;
  }
}

function rangesOf({ elements, negate }: AST.CharacterClass): (readonly [number, number])[] {
  const ranges = elements.map((element): readonly [number, number] => {
    if (element.type === 'Character') return [element.value, element.value];
    if (element.type === 'CharacterClassRange') return [element.min.value, element.max.value];
    throw new TypeError(`Not read here: ${element.raw}`);
  });
  if (!negate) return ranges;
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => !ranges.some(([low, high]) => low <= byte && byte <= high),
  );
  return others.map((byte) => [byte, byte]);
}
