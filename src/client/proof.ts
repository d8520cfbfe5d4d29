import { numberOf } from './foreign-value.js';
import type { ProofResult, SessionProofAnswer } from './results.js';
import type { Milliseconds, Timer } from './timing.js';

/** A kept proof has at least that long to live: time for the request that it goes along with. */
const LEFT: Milliseconds = 30_000;

interface Kept {
  readonly token: string;
  readonly result: ProofResult;
  readonly from: Milliseconds;
  readonly until: Milliseconds;
}

/** A request under way. */
interface Flight {
  /** The session that it asks as; empty until there is one. */
  token: string;
  result?: Promise<ProofResult>;
}

/**
 * The proof of a session, kept until shortly before its end; callers who ask while it is being fetched get the same one.
 *
 * @param token the session's, now
 * @param fetch asks the gateway; `used` hears which session it asks as
 */
export function createProofs(
  timer: Timer,
  token: () => string,
  fetch: (used: (token: string) => void) => Promise<SessionProofAnswer>,
): () => Promise<ProofResult> {
  let kept: Kept | undefined;
  let flight: Flight | undefined;

  async function ask(own: Flight): Promise<ProofResult> {
    const from = timer.now();
    const answer = await fetch((used) => (own.token = used));
    if (flight === own) flight = undefined;
    if (answer.__typename !== 'Session') return answer;
    const { proof } = answer;
    if (!proof) return NO_PROOF;
    const result: ProofResult = { __typename: 'SessionProof', proof };
    const life = lifeOf(proof);
    // Counted from before the request, on this phone's clock: what that clock says of the time of day does not matter.
    kept = { token: own.token, result, from, until: from + life - Math.min(LEFT, life / 5) };
    return result;
  }

  return async () => {
    const now = timer.now();
    const session = token();
    if (kept && kept.token === session && kept.from <= now && now < kept.until) return kept.result;
    // A request of another user's, who has logged out since, is not this one's.
    if (flight && flight.token === session) return flight.result as Promise<ProofResult>;
    const own: Flight = { token: session };
    flight = own;
    own.result = ask(own);
    return own.result;
  };
}

const NO_PROOF: ProofResult = {
  __typename: 'NoProof',
  code: 'NO_PROOF',
  message: 'The gateway has no signing key: PROOF_KEY_FILE.',
  remedy: 'NONE',
  retryAfterSeconds: null,
};

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** From `iat` to `exp` of a JWT; NaN if it cannot be read, so that it is not kept. A Mini Program has no atob. */
function lifeOf(jwt: string): Milliseconds {
  let bits = '';
  for (const character of jwt.split('.')[1] || '') {
    bits += (64 + BASE64URL.indexOf(character)).toString(2).slice(1);
  }
  const json = bits.replace(/.{8}|.+$/g, (byte) => (byte.length === 8 ? String.fromCharCode(parseInt(byte, 2)) : ''));
  try {
    const claims: unknown = JSON.parse(json);
    return (numberOf(claims, 'exp') - numberOf(claims, 'iat')) * 1000;
  } catch {
    return NaN;
  }
}
