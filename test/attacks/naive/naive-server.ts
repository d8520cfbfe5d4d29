import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { NaiveDecryptor, NaiveVictim } from './naive-decryptors.js';

export interface NaiveServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a naive decryptor for one logged-in user over HTTP, as a Mini Program's own back end would. */
export async function serveNaively(decryptor: NaiveDecryptor, victim: NaiveVictim): Promise<NaiveServer> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { encryptedData, iv } = JSON.parse(body) as { encryptedData: string; iv: string };
      const query = { encryptedData: Buffer.from(encryptedData, 'base64'), iv: Buffer.from(iv, 'base64') };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(decryptor(victim, query)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
