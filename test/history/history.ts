import type { Milliseconds } from '../../src/domain/clock.js';
import type { FailureCode } from '../../src/domain/failure.js';

/** Milliseconds by the observer's own clock, which no step of another clock moves. */
export type At = number;

/** A phone document as the phone sent it. */
export interface SentDocument {
  /** Whose number it holds. */
  readonly user: string;
  readonly number: string;
  /** Number of the session key that encrypted it, counted over all users. */
  readonly key: number;
  readonly isGenuine: boolean;
}

/** What a client asked. */
export type Asked =
  | { readonly what: 'login'; readonly code: string; readonly nonce: string | null }
  | { readonly what: 'session'; readonly token: string }
  | { readonly what: 'decrypt'; readonly token: string; readonly document: SentDocument }
  | { readonly what: 'exchange'; readonly token: string; readonly code: string }
  | { readonly what: 'logout'; readonly token: string; readonly everywhere: boolean }
  | { readonly what: 'end sessions'; readonly user: string };

/** What a client was told; `nothing`: the answer was lost, and the request may have acted at any time since. */
export type Told =
  | { readonly told: 'login'; readonly token: string; readonly user: string }
  | { readonly told: 'session'; readonly user: string }
  | { readonly told: 'number'; readonly number: string }
  | { readonly told: 'ended'; readonly sessions: number }
  | { readonly told: 'refused'; readonly code: FailureCode }
  | { readonly told: 'nothing' };

/** One request of a client, with its answer. */
export interface Entry {
  readonly asked: Asked;
  readonly told: Told;
  readonly gateway: string;
  readonly invokedAt: At;
  /** Infinity if the answer was lost. */
  readonly returnedAt: At;
}

/** A code that Weixin issued to a phone. */
export interface IssuedCode {
  readonly code: string;
  readonly kind: 'login' | 'tap';
  readonly user: string;
  /** Of a tap. */
  readonly number?: string;
}

/** A code that reached Weixin. */
export interface WeixinCall {
  readonly kind: 'login' | 'tap';
  readonly code: string;
  readonly at: At;
  /**
   * `answered`: with the code's user, and the gateway got it. `not used`: Weixin did nothing with the code, and said so.
   * `refused`: for good. `lost`: Weixin may have used the code, and the gateway got no answer.
   */
  readonly outcome: 'answered' | 'not used' | 'refused' | 'lost';
  /** Session key in the answer, as in SentDocument. */
  readonly key?: number;
}

/** What the gateways were configured to promise. Times in milliseconds. */
export interface Promised {
  readonly idle: Milliseconds;
  /** How much longer than `idle` an unused session may live. */
  readonly idleSlack: Milliseconds;
  readonly absolute: Milliseconds;
  readonly perUser: number;
  readonly loginReplay: Milliseconds;
  readonly tapReplay: Milliseconds;
  /** Whether Weixin gives the number of a tap to the user who tapped alone. */
  readonly tapsAreBound: boolean;
  /** How long a code is remembered as used. */
  readonly usedFor: Milliseconds;
  /** How long after the answer to a logout the session may still be accepted. */
  readonly revokedWithin: Milliseconds;
  readonly failureLimit: number;
  readonly failureWindow: Milliseconds;
  /** Login codes of the app that may reach Weixin in `rateWindow`. */
  readonly loginLimit: number;
  /** Phone codes of one user that may reach Weixin in `rateWindow`. */
  readonly weixinLimit: number;
  readonly rateWindow: Milliseconds;
}

/** A time in which something was broken on purpose. */
export interface Interval {
  readonly from: At;
  readonly until: At;
}

/** What was broken on purpose. The checker allows what follows from it, and nothing more. */
export interface Faults {
  /** Steps of the clock that the stores compare times by. */
  readonly clockSteps: readonly { readonly at: At; readonly by: Milliseconds }[];
  /** A gateway or its store was not there, or slow: work that was under way may have been lost, unacknowledged. */
  readonly disturbances: readonly Interval[];
  /** What the store acknowledged in these times may be gone: a failover to a replica that had not got it yet. */
  readonly losses: readonly Interval[];
  /** From here on nothing is broken, and everything must be answered; Infinity: never. */
  readonly calmFrom: At;
}

/** Everything that was asked and told in one run. */
export interface History {
  readonly entries: readonly Entry[];
  readonly issued: readonly IssuedCode[];
  /** In the order of their arrival. */
  readonly weixin: readonly WeixinCall[];
  readonly promised: Promised;
  readonly faults: Faults;
}

export const NO_FAULTS: Faults = { clockSteps: [], disturbances: [], losses: [], calmFrom: Infinity };
