import type { Milliseconds } from '../../src/domain/clock.js';
import type { Asked, Told } from './history.js';
import type { Phones, SentData, Tapped } from './phones.js';
import type { Recorder } from './recorder.js';
import type { Seeded } from './seeded.js';

/** A gateway, as its clients see it. It tells users by their names. */
export interface Door {
  readonly name: string;
  login(code: string, nonce: string | null): Promise<Told>;
  session(token: string): Promise<Told>;
  decrypt(token: string, data: SentData): Promise<Told>;
  exchange(token: string, code: string): Promise<Told>;
  logout(token: string, everywhere: boolean): Promise<Told>;
  /** Missing if the gateway has no door for back ends. */
  endSessions?(user: string): Promise<Told>;
}

/** Where a crowd lives. */
export interface Stage {
  readonly seeded: Seeded;
  readonly recorder: Recorder;
  readonly phones: Phones;
  /** The gateways that a client may turn to. */
  readonly doors: () => readonly Door[];
  readonly pause: (time: Milliseconds) => Promise<void>;
  /** How long a client thinks before its next request. */
  readonly think: () => Milliseconds;
  /** An answer that may get lost on its way. */
  readonly deliver: (answer: Promise<Told>) => Promise<Told>;
}

export interface CrowdSize {
  readonly users: number;
  readonly clients: number;
  /** Of each client, retries aside. */
  readonly requests: number;
}

/** What all who act for a user know, thieves included. */
interface Known {
  readonly user: string;
  readonly tokens: string[];
  readonly logins: { readonly code: string; readonly nonce: string | null }[];
  readonly taps: Tapped[];
}

/** How often a client does what. */
const HABITS = {
  login: 3,
  'login twice at once': 2,
  'repeat a login': 3,
  'repeat a login with another nonce': 0.5,
  session: 5,
  decrypt: 4,
  "decrypt another user's document": 0.7,
  'decrypt a forged document': 1.5,
  'decrypt forged documents at once': 0.7,
  exchange: 1.5,
  'exchange again': 1,
  "exchange another user's code": 0.7,
  logout: 1,
  'logout everywhere': 0.5,
  'end sessions': 0.3,
};
const RETRIES = 2;
const AT_ONCE = 5;

/** Clients who do whatever clients, impatient people and thieves do, by a seed. */
export class Crowd {
  readonly #stage: Stage;
  readonly #size: CrowdSize;
  readonly #known: readonly [Known, ...Known[]];

  constructor(stage: Stage, size: CrowdSize) {
    this.#stage = stage;
    this.#size = size;
    const known = (i: number): Known => ({ user: `user ${i}`, tokens: [], logins: [], taps: [] });
    this.#known = [known(1), ...Array.from({ length: size.users - 1 }, (_, i) => known(i + 2))];
  }

  /** Tokens that a client was told of. */
  get tokens(): readonly string[] {
    return [...new Set(this.#known.flatMap(({ tokens }) => tokens))];
  }

  async live(): Promise<void> {
    await Promise.all(Array.from({ length: this.#size.clients }, (_, i) => this.#client(i)));
  }

  /** Asks each of the gateways for the session of each token. */
  async askForAll(): Promise<void> {
    const { doors, recorder } = this.#stage;
    for (const token of this.tokens) {
      for (const door of doors())
        await recorder.request(door.name, { what: 'session', token }, () => door.session(token));
    }
  }

  async #client(index: number): Promise<void> {
    const { seeded } = this.#stage;
    const mine = this.#known[index % this.#known.length] ?? this.#known[0];
    for (let i = 0; i < this.#size.requests; i += 1) {
      await this.#stage.pause(this.#stage.think());
      await this.#act(mine, mine.tokens.length === 0 ? 'login' : seeded.weighted(HABITS));
    }
  }

  async #act(mine: Known, habit: keyof typeof HABITS): Promise<unknown> {
    const { seeded, phones } = this.#stage;
    const token = this.#one(mine.tokens) ?? '';
    const other = this.#one(this.#known.filter((known) => known !== mine)) ?? mine;
    switch (habit) {
      case 'login':
        return this.#login(mine, this.#newLogin(mine));
      case 'login twice at once': {
        const login = this.#newLogin(mine);
        return Promise.all([this.#login(mine, login), this.#login(mine, login)]);
      }
      case 'repeat a login':
        return this.#login(mine, this.#one(mine.logins) ?? this.#newLogin(mine));
      case 'repeat a login with another nonce':
        return this.#login(mine, { code: this.#one(mine.logins)?.code ?? '', nonce: this.#nonce() });
      case 'session':
        return this.#ask({ what: 'session', token }, (door) => door.session(token));
      case 'decrypt':
        return this.#decrypt(token, seeded.chance(0.7) ? this.#tap(mine) : (this.#one(mine.taps) ?? this.#tap(mine)));
      case "decrypt another user's document":
        return this.#decrypt(token, this.#one(other.taps) ?? phones.forged());
      case 'decrypt a forged document':
        return this.#decrypt(token, phones.forged());
      case 'decrypt forged documents at once':
        return Promise.all(Array.from({ length: AT_ONCE }, () => this.#decrypt(token, phones.forged())));
      case 'exchange':
        return this.#exchange(token, this.#tap(mine).code);
      case 'exchange again':
        return this.#exchange(token, (this.#one(mine.taps) ?? this.#tap(mine)).code);
      case "exchange another user's code":
        return this.#exchange(token, (this.#one(other.taps) ?? this.#tap(other)).code);
      case 'logout':
        return this.#logout(token, false);
      case 'logout everywhere':
        return this.#logout(token, true);
      case 'end sessions':
        return this.#ask({ what: 'end sessions', user: mine.user }, (door) => door.endSessions?.(mine.user));
    }
  }

  /** Sends the code, and again if there is no usable answer. */
  async #login(mine: Known, { code, nonce }: Known['logins'][number]): Promise<void> {
    for (let tries = 0; tries <= RETRIES; tries += 1) {
      const told = await this.#ask({ what: 'login', code, nonce }, (door) => door.login(code, nonce));
      if (told.told === 'login') mine.tokens.push(told.token);
      const isOver = told.told === 'refused' && told.code !== 'SERVICE_UNAVAILABLE';
      if (told.told === 'login' || isOver) return;
      await this.#stage.pause(this.#stage.think());
    }
  }

  #decrypt(token: string, data: SentData): Promise<Told> {
    const { document } = data;
    return this.#ask({ what: 'decrypt', token, document }, (door) => door.decrypt(token, data));
  }

  #exchange(token: string, code: string): Promise<Told> {
    return this.#ask({ what: 'exchange', token, code }, (door) => door.exchange(token, code));
  }

  #logout(token: string, everywhere: boolean): Promise<Told> {
    return this.#ask({ what: 'logout', token, everywhere }, (door) => door.logout(token, everywhere));
  }

  async #ask(asked: Asked, work: (door: Door) => Promise<Told> | undefined): Promise<Told> {
    const { recorder, doors, deliver } = this.#stage;
    const door = this.#one(doors());
    if (door === undefined) return { told: 'nothing' };
    if (asked.what === 'end sessions' && door.endSessions === undefined) return { told: 'nothing' };
    return recorder.request(door.name, asked, () => deliver(work(door) ?? Promise.resolve({ told: 'nothing' })));
  }

  #newLogin(mine: Known): Known['logins'][number] {
    const { seeded, phones } = this.#stage;
    const login = { code: phones.code(mine.user), nonce: seeded.chance(0.5) ? this.#nonce() : null };
    mine.logins.push(login);
    return login;
  }

  #tap(mine: Known): Tapped {
    const tapped = this.#stage.phones.tap(mine.user);
    mine.taps.push(tapped);
    return tapped;
  }

  #nonce(): string {
    return `nonce-${String(this.#stage.seeded.below(1e9)).padStart(22, '0')}`;
  }

  /** The latest of these more often than the others. */
  #one<T>(items: readonly T[]): T | undefined {
    const { seeded } = this.#stage;
    return items[seeded.chance(0.4) ? items.length - 1 : seeded.below(items.length)];
  }
}
