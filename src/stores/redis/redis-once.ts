import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import type { Milliseconds } from '../../domain/clock.js';
import type { Claim, Once, Settlement } from '../once.js';
import { onceName } from './key-names.js';
import type { Client, RedisConnection } from './redis-connection.js';
import type { ClaimReply } from './scripts/once-scripts.js';

/** How often a process asks whether another one has settled a claim. */
const ASK_EVERY: Milliseconds = 25;
/** How long those who wait can be told the answer: many times as long as they take to ask. */
const TELL_FOR: Milliseconds = 2_000;
/** How long an id is remembered whose holder died at its work. */
const ABANDONED_FOR: Milliseconds = 300_000;

export interface RedisOnceOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  /** How long the holder of a claim may take; beyond it the work counts as done, and its answer as lost. */
  readonly lease: Milliseconds;
  /** How long an answer may take to be kept, the connection's return included; by default what any command may take. */
  readonly patience?: Milliseconds;
}

type SettledClaim = Exclude<Claim, { state: 'mine' }>;

/** Work done once for every process. */
export class RedisOnce implements Once {
  readonly #options: RedisOnceOptions;
  /** Claims under way here, one for each id: copies in this process wait for it, and ask Redis nothing. */
  readonly #flights = new Map<Fingerprint, Promise<SettledClaim>>();

  constructor(options: RedisOnceOptions) {
    this.#options = options;
  }

  async claim(id: Fingerprint, alongside?: () => void): Promise<Claim> {
    const flying = this.#flights.get(id);
    if (flying !== undefined) return flying;

    let land!: (claim: SettledClaim) => void;
    let crash!: (error: unknown) => void;
    const flight = new Promise<SettledClaim>((resolve, reject) => {
      land = resolve;
      crash = reject;
    });
    flight.catch(() => undefined);
    this.#flights.set(id, flight);
    // A claim may be settled twice, and by then the id may be somebody else's.
    const end = () => {
      if (this.#flights.get(id) === flight) this.#flights.delete(id);
    };
    try {
      const claiming = this.#claim(id);
      // The claim has been written, and goes out together with what this asks for.
      alongside?.();
      const claim = await claiming;
      if (claim.state === 'mine') return { state: 'mine', ...this.#settlement(id, claim.name, land, crash, end) };
      end();
      land(claim);
      return claim;
    } catch (error) {
      end();
      crash(error);
      throw error;
    }
  }

  /** Claims the id, or waits for what its holder settles. */
  async #claim(id: Fingerprint): Promise<SettledClaim | { readonly state: 'mine'; readonly name: string }> {
    const name = randomUUID();
    let holder = '';
    for (;;) {
      const { 0: state, 1: text } = await this.#ask(id, name, holder);
      if (state === 'mine') return { state, name };
      if (state === 'used') return { state };
      if (state === 'answered') {
        const answer = this.#options.seal.open(onceName(id, 'answer'), text);
        return answer === undefined ? { state: 'used' } : { state, answer };
      }
      holder = text;
      await delay(ASK_EVERY);
    }
  }

  /** Asks for the id. Where Redis gives it too late, it goes back: nothing was done with it. */
  async #ask(id: Fingerprint, name: string, holder: string): Promise<ClaimReply> {
    const { redis, lease } = this.#options;
    let isTooLate = false;
    const abandonIfTooLate = async (client: Client, reply: Promise<ClaimReply>) => {
      const { 0: state } = await reply;
      if (isTooLate && state === 'mine') await client.abandonClaim(this.#keys(id, name).slice(0, 2), [name]);
    };
    try {
      return await redis.run((client) => {
        const reply = client.claim(this.#keys(id, holder), [name, String(lease), String(lease + ABANDONED_FOR)]);
        // Where this is lost as well, the claim runs out by itself.
        abandonIfTooLate(client, reply).catch(() => undefined);
        return reply;
      });
    } catch (error) {
      isTooLate = true;
      throw error;
    }
  }

  #settlement(
    id: Fingerprint,
    name: string,
    land: (claim: SettledClaim) => void,
    crash: (error: unknown) => void,
    end: () => void,
  ): Settlement {
    const { redis, seal, patience } = this.#options;
    const settle = async (answer: string, write: (sealed: string) => Promise<unknown>) => {
      try {
        await write(seal.seal(onceName(id, 'answer'), answer));
        end();
        land({ state: 'answered', answer });
      } catch (error) {
        end();
        crash(error);
        throw error;
      }
    };
    return {
      keep: (answer, answerFor, usedFor) =>
        settle(answer, (sealed) =>
          redis.run(
            (client) =>
              client.keepAnswer(this.#keys(id, name), [
                sealed,
                String(TELL_FOR),
                String(answerFor),
                String(usedFor),
                name,
              ]),
            patience,
          ),
        ),
      release: (answer) =>
        settle(answer, (sealed) =>
          redis.run((client) => client.releaseClaim(this.#keys(id, name), [sealed, String(TELL_FOR), name]), patience),
        ),
    };
  }

  /** @param holder whose answer is told; '' for nobody's */
  #keys(id: Fingerprint, holder: string): string[] {
    return ['owner', 'lease', 'answer', `told:${holder}`].map((part) => onceName(id, part));
  }
}
