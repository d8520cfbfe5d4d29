import { counted } from './many-requests.js';
import { patiently } from './patiently.js';
import { type Fleet, type FleetGateway, told } from './fleet.js';

interface Acknowledged {
  readonly user: string;
  readonly token: string;
}

/**
 * Clients that log in and decrypt for as long as they are let, each time at any gateway in rotation; where one cannot be
 * reached or shuts down they turn to another with the same request. Their ledger is kept here, outside the gateways.
 */
export class ClientLoop {
  /** Logins that a client was told of. */
  readonly acknowledged: Acknowledged[] = [];
  /** What clients were told. */
  readonly #answers: string[] = [];
  /** How often a client had to turn to another gateway. */
  turns = 0;
  /** wx.login calls. */
  codes = 0;
  readonly #fleet: Fleet;
  readonly #inRotation: Set<FleetGateway>;
  readonly #clients: Promise<void>[];
  #isOver = false;

  constructor(fleet: Fleet, clients: number) {
    this.#fleet = fleet;
    this.#inRotation = new Set(fleet.gateways);
    this.#clients = Array.from({ length: clients }, (_, i) => this.#live(`client-${i}`));
  }

  /** What a balancer does when it sees a gateway come. */
  join(gateway: FleetGateway): void {
    this.#inRotation.add(gateway);
  }

  leave(gateway: FleetGateway): void {
    this.#inRotation.delete(gateway);
  }

  /** Lets every client finish, and counts what they were told. */
  async end(): Promise<Record<string, number>> {
    this.#isOver = true;
    await Promise.all(this.#clients);
    return counted(this.#answers);
  }

  async #live(name: string): Promise<void> {
    for (let day = 0; !this.#isOver; day += 1) {
      const user = `${name}-${Math.floor(day / 20)}`;
      this.codes += 1;
      const code = this.#fleet.code(user);
      const login = await this.#ask((gateway) => gateway.client().login({ code }));
      if (!('token' in login)) continue;
      const { token } = login;
      this.acknowledged.push({ user, token });
      const tap = this.#fleet.tap(user);
      await this.#ask((gateway) => gateway.client(token).decryptPhone(tap));
      await this.#ask((gateway) => gateway.client(token).session());
    }
  }

  /** An answer, from whichever gateway gives one. */
  async #ask<T extends { readonly __typename: string }>(request: (gateway: FleetGateway) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const gateways = [...this.#inRotation];
      const gateway = gateways[Math.floor(Math.random() * gateways.length)];
      if (gateway === undefined || tries > 100) throw new Error('No gateway gives an answer.');
      try {
        const answer = await patiently(() => request(gateway));
        this.#answers.push(told(answer));
        return answer;
      } catch (error) {
        if (!isGone(error)) {
          this.#answers.push(String(error));
          throw error;
        }
        this.turns += 1;
      }
    }
  }
}

/** Whether a gateway could not be reached, hung up, or said that it shuts down: a balancer turns to another one. */
function isGone(error: unknown): boolean {
  // Not instanceof: fetch belongs to another realm than a test.
  const { message } = error as Error;
  return message === 'fetch failed' || message.includes('"statusCode":503');
}
