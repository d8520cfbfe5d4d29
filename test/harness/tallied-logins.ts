import { setTimeout as delay } from 'node:timers/promises';
import type { LoginMutation } from '../../src/client/generated/graphql.js';
import { type Fleet, told } from './fleet.js';
import { ManyRequests } from './many-requests.js';

/** Milliseconds. */
const TICK = 10;
const ASK_AGAIN_AFTER = 200;
const ASK_AGAIN_AFTER_AT_MOST = 1_600;
const GIVE_UP_AFTER = 20_000;
const MAX_UNDER_WAY = 2_000;
const CONNECTIONS = 256;

/** A session that a client was told of. */
interface Acknowledged {
  readonly token: string;
  readonly openId: string;
}

/**
 * Logins of ever new users at a set rate, each with a code of its own that is sent again while the answer is
 * SERVICE_UNAVAILABLE, as clients do; and Weixin's own count of the codes that it was asked for.
 */
export class TalliedLogins {
  readonly #fleet: Fleet;
  readonly #clients: readonly ManyRequests[];
  readonly #asked = new Map<string, number>();
  readonly #acknowledged: Acknowledged[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #began = performance.now();
  #elapsed = 0;
  #isOver = false;
  #users = 0;
  readonly #running: Promise<void>;
  /** Logins whose code was sent more than once. */
  sentAgain = 0;
  /** The last answers of logins that gave no session. */
  readonly others: Record<string, number> = {};

  /** @param rate a second */
  constructor(fleet: Fleet, rate: number) {
    this.#fleet = fleet;
    this.#clients = fleet.gateways.map(({ url }) => new ManyRequests(url, CONNECTIONS));
    const { world } = fleet.simulator;
    const code2Session = world.code2Session.bind(world);
    world.code2Session = (appId, secret, code) => {
      this.#asked.set(code, (this.#asked.get(code) ?? 0) + 1);
      return code2Session(appId, secret, code);
    };
    this.#running = this.#run(rate);
  }

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  /** Logins that have ended, one way or the other. */
  get total(): number {
    return Object.values(this.others).reduce((sum, count) => sum + count, this.acknowledged);
  }

  /** Sessions that clients were told of, a second. */
  get rate(): number {
    return this.acknowledged / (this.#elapsed / 1000);
  }

  /** Codes that Weixin was asked for more than once. */
  get askedTwice(): number {
    return [...this.#asked.values()].filter((times) => times > 1).length;
  }

  /** Starts no more logins, and waits for those under way. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    this.#elapsed = performance.now() - this.#began;
    await Promise.all(this.#underWay);
  }

  /** Asks for every session that a client was told of. */
  async look(): Promise<{ readonly lost: number; readonly wrongUser: number }> {
    let [lost, wrongUser] = [0, 0];
    const left = [...this.#acknowledged];
    const ask = async (at: number) => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const session = await this.#fleet.at(at).client(next.token).session();
        if (session.__typename === 'Session') wrongUser += session.openId === next.openId ? 0 : 1;
        else if (told(session) === 'NOT_LOGGED_IN') lost += 1;
        else left.push(next);
      }
    };
    await Promise.all(Array.from({ length: 32 }, (_, i) => ask(i % this.#clients.length)));
    return { lost, wrongUser };
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  async #run(rate: number): Promise<void> {
    let started = 0;
    while (!this.#isOver) {
      const due = ((performance.now() - this.#began) / 1000) * rate;
      // What a busy machine does not start in time is not made up for.
      for (; started < due; started += 1) if (this.#underWay.size < MAX_UNDER_WAY) this.#start();
      await delay(TICK);
    }
  }

  #start(): void {
    const login = this.#logIn(this.#users++).catch(() => {
      this.#count('no answer');
    });
    this.#underWay.add(login);
    void login.finally(() => this.#underWay.delete(login));
  }

  async #logIn(number: number): Promise<void> {
    const code = this.#fleet.code(`user-${number}`);
    const openId = this.#fleet.simulator.world.ownerOfLogin(code)?.openid ?? '';
    const client = this.#clients[number % this.#clients.length];
    const giveUpAt = performance.now() + GIVE_UP_AFTER;
    for (let pause = ASK_AGAIN_AFTER; ; pause = Math.min(2 * pause, ASK_AGAIN_AFTER_AT_MOST)) {
      const answer = (await client?.login(code)) as LoginMutation['login'];
      if (answer.__typename === 'LoginSuccess') {
        this.#acknowledged.push({ token: answer.token, openId });
        return;
      }
      if (told(answer) !== 'SERVICE_UNAVAILABLE' || performance.now() > giveUpAt) {
        this.#count(told(answer));
        return;
      }
      if (pause === ASK_AGAIN_AFTER) this.sentAgain += 1;
      await delay(pause * (0.5 + Math.random() / 2));
    }
  }

  #count(answer: string): void {
    this.others[answer] = (this.others[answer] ?? 0) + 1;
  }
}
