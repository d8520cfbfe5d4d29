import type { Call } from './call.js';
import type { CallFailure, PhoneAnswer } from './results.js';
import type { PhoneRequest } from './tap.js';

type Answer = PhoneAnswer | CallFailure;
type Refused = Exclude<Answer, { __typename: 'PhoneNumber' }>;

/** What is cheapest for the user and for the app's owner comes first. */
const REMEDIES = ['LOGIN_AND_RESEND', 'RETRY_LATER', 'TAP_AGAIN', 'NONE'];

/**
 * Tries one way to a number after the other. Each tap costs the app's owner money and each code works once, so a way
 * that failed for a reason of its own hands over to the next at once, and waiting comes last. A way that may still come
 * to something stays in `ways` for the next round; the others leave it.
 *
 * @param again the user was logged in anew for this tap: data that no key opens then stays closed
 */
export async function tryWays(ways: PhoneRequest[], call: Call, token: string, again: boolean): Promise<Answer> {
  const rank = ({ remedy }: Refused) => REMEDIES.indexOf(again && remedy === 'LOGIN_AND_RESEND' ? 'TAP_AGAIN' : remedy);
  const refused: Refused[] = [];
  for (const way of [...ways]) {
    const answer = await way(call, token);
    if (answer.__typename === 'PhoneNumber' || isTheSameForEveryWay(answer)) return answer;
    refused.push(answer);
    if (rank(answer) > 1) ways.splice(ways.indexOf(way), 1);
  }
  return refused.sort((one, other) => rank(one) - rank(other))[0] as Answer;
}

/** No gateway, no session, or a number that is not to be had: it is the same document, by each way to open it. */
function isTheSameForEveryWay({ __typename, code }: Refused): boolean {
  return (
    __typename === 'GatewayUnreachable' ||
    code === 'NOT_LOGGED_IN' ||
    (__typename === 'InvalidWatermarkError' && code !== 'NOT_ISSUED_BY_WEIXIN')
  );
}
