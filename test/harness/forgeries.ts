import { randomBytes } from 'node:crypto';
import { type Fleet, told } from './fleet.js';
import { patiently } from './patiently.js';
import { counted, ManyRequests } from './many-requests.js';

/** Connections to each gateway. */
const CONNECTIONS = 32;

export interface Forged {
  readonly answers: Record<string, number>;
  /** Tries that were counted, or not, and not made: the store did not say so in time. */
  readonly unavailable: number;
}

/** Sends this many different forgeries to the two gateways in parallel, and counts what they were told. */
export async function forge(fleet: Fleet, token: string | undefined, times: number): Promise<Forged> {
  const clients = [0, 1].map((i) => new ManyRequests(fleet.at(i).url, CONNECTIONS));
  let unavailable = 0;
  const forgery = (i: number) => {
    const data = { encryptedData: randomBytes(144).toString('base64'), iv: randomBytes(16).toString('base64') };
    return patiently(
      () => clients[i % 2]?.decryptPhone(token, data) as ReturnType<ManyRequests['decryptPhone']>,
      () => (unavailable += 1),
    );
  };
  const answers = await Promise.all(Array.from({ length: times }, async (_, i) => told(await forgery(i))));
  await Promise.all(clients.map((client) => client.close()));
  return { answers: counted(answers), unavailable };
}

/** As many were tried as the limit allows, and no more; a counted try that was not made is one less. */
export function expectTries({ answers, unavailable }: Forged, limit: number, times: number): void {
  const { KEY_MISMATCH: tried = 0, RATE_LIMITED: refused = 0, ...others } = answers;
  expect(others).toEqual({});
  expect(tried).toBeLessThanOrEqual(limit);
  expect(tried + unavailable).toBeGreaterThanOrEqual(limit);
  expect(tried + refused).toBe(times);
}
