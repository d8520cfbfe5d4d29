import type { Values } from './language.js';
import type { TextKey } from './texts/en.js';

/** Participants, from left to right. */
export type Party = 'miniProgram' | 'gateway' | 'weixin';

/** Devices of the user; one scene has a tablet, too. */
export type Device = 'phone' | 'tablet';

export type Tone = 'plain' | 'good' | 'bad';

/** A text of the page with its values. The value `key` is the number of a session key. */
export interface Words {
  readonly text: TextKey;
  readonly values?: Values;
}

/** A message from one party to another, with its answer if one line shows both. */
export interface Message {
  readonly kind: 'message';
  readonly from: Party;
  readonly to: Party;
  /** Name in code: an operation, an endpoint, a function of wx, a member of a union. */
  readonly name: string;
  readonly words?: Words | undefined;
  readonly answer?: Words | undefined;
  readonly tone: Tone;
  /** The code and the remedy of an error, as the contract spells them. */
  readonly codes?: readonly string[] | undefined;
  /** Time until the answer in milliseconds. */
  readonly took?: number | undefined;
  /** Content on the wire, without tokens, codes and ciphertexts. */
  readonly wire?: unknown;
  readonly device: Device;
}

/** An action of a party, or an event that affects it. */
export interface Note {
  readonly kind: 'note';
  readonly at: Party;
  readonly words: Words;
  readonly tone: Tone;
}

/** Stations of a request in the gateway, in their order; the last one decides. */
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

/** Receives each step as it happens. */
export type Narrate = (step: Step) => void;
