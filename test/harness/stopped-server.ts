import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';

/** An HTTP server in a process of its own, which answers everything with one body. */
const SERVER = `
  const [host, port, body] = process.argv.slice(1);
  const server = require('node:http').createServer((request, response) => response.end(body));
  server.listen({ host, port: Number(port), backlog: 1 }, () => console.log(server.address().port));
`;
/** Connections that fill a backlog of one: Linux takes one more than it is told. */
const FILLING = 4;

/** A server whose TCP handshake does not come: the kernel drops what it has no room for, as a dead line does. */
export interface StoppedServer {
  readonly port: number;
  /** From now on handshakes succeed; one that is under way does so when it is sent again, a second after it began. */
  readonly resume: () => void;
  readonly close: () => void;
}

/** @param port 0: a free one */
export async function startStoppedServer(host: string, port: number, body: string): Promise<StoppedServer> {
  const child = spawn(process.execPath, ['-e', SERVER, host, String(port), body], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const listening = Number(await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)));
  child.kill('SIGSTOP');
  const filling: Socket[] = [];
  for (let i = 0; i < FILLING; i += 1) filling.push(connect(listening, host).on('error', () => undefined));
  // The kernel connects as many as it has room for.
  await Promise.all(
    filling.slice(0, 2).map((socket) => new Promise<void>((resolve) => socket.once('connect', resolve))),
  );
  const letGo = () => filling.forEach((socket) => socket.destroy());
  return {
    port: listening,
    resume() {
      letGo();
      child.kill('SIGCONT');
    },
    close() {
      letGo();
      child.kill('SIGKILL');
    },
  };
}
