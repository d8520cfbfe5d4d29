import type { Knowledge } from './knowledge.js';
import type { Station, Stations, Words } from './step.js';

/** The union member of an answer, and its code if it is an error. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly retryAfterSeconds?: number | null;
}

const passed = (text: Words['text'], values: Words['values'] = {}): Station => ({
  words: { text, values },
  passed: true,
});
const failed = (text: Words['text']): Station => ({ words: { text }, passed: false });

/**
 * Stations of a request in the gateway, as far as its answer shows them: session, failure budget, key ring or Weixin,
 * and the checks of the number. undefined if the answer does not tell.
 */
export function stationsOf(operation: string, answer: Answer, { ring, inHand }: Knowledge): Stations | undefined {
  const stations = operation === 'login' ? loginStations(answer, ring) : phoneStations(operation, answer, inHand);
  return stations && { kind: 'stations', stations };
}

function loginStations({ __typename }: Answer, [newest]: readonly number[]): readonly Station[] | undefined {
  if (__typename !== 'LoginSuccess' || newest === undefined) return undefined;
  return [passed('stationRing', { key: newest }), passed('stationNewSession')];
}

function phoneStations(operation: string, answer: Answer, inHand: number | undefined): readonly Station[] | undefined {
  if (answer.code === 'NOT_LOGGED_IN') return [failed('stationNoSession')];
  const opens = operation === 'decryptPhone' ? passed('stationOpens', { key: inHand ?? '' }) : passed('stationWeixin');
  switch (answer.code ?? answer.__typename) {
    case 'PhoneNumber':
      return [passed('stationSession'), opens, passed('stationAccept')];
    case 'KEY_MISMATCH':
      return [passed('stationSession'), failed('stationOpensNot')];
    case 'APP_ID_MISMATCH':
    case 'TOO_OLD':
    case 'IN_THE_FUTURE':
      return [passed('stationSession'), opens, failed('stationAccept')];
    case 'RATE_LIMITED':
      // Only a decryption has a budget; otherwise it is a quota of Weixin's.
      return [passed('stationSession'), failed(operation === 'decryptPhone' ? 'stationBudget' : 'stationWeixin')];
    case 'CODE_INVALID':
    case 'SERVICE_UNAVAILABLE':
      return [passed('stationSession'), failed('stationWeixin')];
    default:
      return undefined;
  }
}
