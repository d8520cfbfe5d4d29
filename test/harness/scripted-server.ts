import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers whatever a test wants it to. */
export interface ScriptedServer {
  readonly origin: string;
  /** The requests that reached it, e.g. "GET /path?query". */
  readonly requests: string[];
  /** How many connections were made to it. */
  connections: number;
  /** How it answers from now on. */
  answer: Answer;
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export async function startScriptedServer(
  answer: Answer = (response) => {
    response.end();
  },
): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    scripted.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    scripted.answer(response, request);
  });
  server.on('connection', () => (scripted.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scripted: ScriptedServer = {
    origin: `http://127.0.0.1:${port}`,
    requests: [],
    connections: 0,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return scripted;
}
