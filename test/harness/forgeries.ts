import { randomBytes } from 'node:crypto';
import { type Fleet, told } from './fleet.js';
import { counted, ManyRequests } from './many-requests.js';

/** Connections to each gateway. */
const CONNECTIONS = 32;

/** Sends this many different forgeries to the two gateways in parallel, and counts what they were told. */
export async function forge(fleet: Fleet, token: string | undefined, times: number): Promise<Record<string, number>> {
  const clients = [0, 1].map((i) => new ManyRequests(fleet.at(i).url, CONNECTIONS));
  const answers = await Promise.all(
    Array.from({ length: times }, async (_, i) => {
      const data = { encryptedData: randomBytes(144).toString('base64'), iv: randomBytes(16).toString('base64') };
      const answer = await clients[i % 2]?.decryptPhone(token, data);
      return answer === undefined ? 'none' : told(answer);
    }),
  );
  await Promise.all(clients.map((client) => client.close()));
  return counted(answers);
}
