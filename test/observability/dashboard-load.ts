import { setTimeout as delay } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { BackEnd } from '../harness/back-end.js';
import type { Fleet } from '../harness/fleet.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { runIncidents } from './dashboard-incidents.js';

const USERS = 24;
/** Milliseconds that a user waits between two requests, on average. */
const PAUSE = 300;
/** On average. */
const OPERATIONS_A_SESSION = 20;
/** Milliseconds until a user whose login failed tries again. */
const TRY_AGAIN_AFTER = 1_500;
/** Seconds. */
export const LOAD_LASTS = 75;

/** Users, a forger, a client in a hurry and back ends ask two gateways of a fleet, while Weixin and Redis fail; a third gets logins only. */
export class DashboardLoad {
  readonly #fleet: Fleet;
  readonly #doors: readonly string[];
  readonly #began = performance.now();
  /** Of the user who logged in last. */
  #token = 'none-yet';
  #logins = 0;

  /** @param doors for back ends, of the two gateways */
  constructor(fleet: Fleet, doors: readonly string[]) {
    this.#fleet = fleet;
    this.#doors = doors;
  }

  /** Ends with the load. */
  async run(): Promise<void> {
    const users = Array.from({ length: USERS }, (_, i) => this.#repeatedly(() => this.#useOnce(i)));
    await Promise.all([
      ...users,
      this.#repeatedly(() => this.#forge()),
      this.#repeatedly(() => this.#hurry()),
      this.#repeatedly(() => this.#askAtDoors()),
      this.#repeatedly(() => this.#fleet.loggedIn(`alone-${this.#logins++}`, 2)),
      runIncidents(this.#fleet),
    ]);
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get #isOver(): boolean {
    return this.#seconds > LOAD_LASTS;
  }

  /** Failures and rejections are part of the load. */
  async #repeatedly(act: () => Promise<unknown>): Promise<void> {
    while (!this.#isOver) {
      await act().catch(() => undefined);
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return delay(PAUSE * (0.5 + Math.random()));
  }

  /** From login to logout. */
  async #useOnce(number: number): Promise<void> {
    const user = `user-${number}`;
    const { simulator, app } = this.#fleet;
    // The number was asked for before wx.login replaced the key: the race that the key ring is for.
    const before = this.#fleet.tap(user);
    simulator.world.renewKey(app.appId, user);
    const client = this.#fleet.at(number % 2).client();
    const login = await client.login({ code: this.#fleet.code(user) });
    if (login.__typename !== 'LoginSuccess') return delay(TRY_AGAIN_AFTER);
    client.token = this.#token = login.token;
    if (number % 3 === 0) await client.decryptPhone(before);
    const operations = OPERATIONS_A_SESSION * (0.5 + Math.random());
    for (let i = 0; i < operations && !this.#isOver; i += 1) {
      const answer = await this.#operate(client, user, i);
      if ('code' in answer && answer.code === 'NOT_LOGGED_IN') return;
      await this.#pause();
    }
    await client.logout();
  }

  #operate(client: GatewayClient, user: string, step: number): Promise<{ readonly __typename: string }> {
    const tap = this.#fleet.tap(user);
    switch (step % 10) {
      case 0:
      case 5:
        return client.decryptPhone(tap);
      case 2:
        return client.exchangePhoneCode(tap.code);
      case 3:
        return client.resolveCloudPhone(tap.cloudID);
      case 7:
        return client.checkSession();
      case 8:
        return step > 10 ? client.login({ code: 'made-up' }) : client.decryptPhone(this.#tooOld(user));
      default:
        return client.session();
    }
  }

  #tooOld(user: string) {
    const { simulator, app } = this.#fleet;
    return simulator.world.tap(app.appId, user, { watermark: { timestamp: Math.floor(Date.now() / 1000) - 3_600 } });
  }

  /** Until the failures of its key are spent, and after that. */
  async #forge(): Promise<void> {
    const client = await this.#fleet.loggedIn('forger');
    for (;;) {
      const iv = randomBytes(16).toString('base64');
      const answer = await client.decryptPhone({ encryptedData: randomBytes(144).toString('base64'), iv });
      if ('code' in answer && answer.code === 'NOT_LOGGED_IN') return;
      await this.#pause();
      if (this.#isOver) return;
    }
  }

  /** Two limits of a user, and that of a client at the door. */
  async #hurry(): Promise<void> {
    const client = await this.#fleet.loggedIn('hurried', 1);
    for (;;) {
      const answers = await Promise.all([client.checkSession(), client.decryptPhone(this.#fleet.tap('hurried'))]);
      if (answers.some((answer) => 'code' in answer && answer.code === 'NOT_LOGGED_IN') || this.#isOver) return;
      await this.#pause();
    }
  }

  async #askAtDoors(): Promise<void> {
    const wrong = 'shop:with-a-secret-that-is-of-no-use-at-all';
    await Promise.all(
      this.#doors.flatMap((door) => [
        new BackEnd(door).introspect(this.#token),
        new BackEnd(door).introspect('made-up'),
        ...(Math.random() < 0.2 ? [new BackEnd(door, wrong).introspect(this.#token)] : []),
      ]),
    );
  }
}
