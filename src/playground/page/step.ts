import type { Values } from './language.js';
import type { TextKey } from './texts/en.js';

/** Who takes part, from left to right. */
export type Party = 'miniProgram' | 'gateway' | 'weixin';

/** The user has a phone, and in one scene a tablet too. */
export type Device = 'phone' | 'tablet';

export type Tone = 'plain' | 'good' | 'bad';

/** A text of the page, and what it is about. `key` among the values is the number of a session key. */
export interface Words {
  readonly text: TextKey;
  readonly values?: Values;
}

/** Something that one party sends to another, and what comes back where one line tells both. */
export interface Message {
  readonly kind: 'message';
  readonly from: Party;
  readonly to: Party;
  /** What it is called in code: an operation, an endpoint, a function of wx, a member of a union. */
  readonly name: string;
  readonly words?: Words | undefined;
  readonly answer?: Words | undefined;
  readonly tone: Tone;
  /** The code and the remedy of an error, as the contract spells them. */
  readonly codes?: readonly string[] | undefined;
  /** How long the answer took, in milliseconds. */
  readonly took?: number | undefined;
  /** What went over the wire; without tokens, codes and ciphertexts. */
  readonly wire?: unknown;
  readonly device: Device;
}

/** Something that a party does, or that happens to it. */
export interface Note {
  readonly kind: 'note';
  readonly at: Party;
  readonly words: Words;
  readonly tone: Tone;
}

/** What the gateway does with a request, one after the other; the last station decides. */
export interface Stations {
  readonly kind: 'stations';
  readonly stations: readonly Station[];
}

export interface Station {
  readonly words: Words;
  readonly passed: boolean;
}

/** A line of the conversation. */
export type Step = Message | Note | Stations;

/** Hears of each step as it happens. */
export type Narrate = (step: Step) => void;
