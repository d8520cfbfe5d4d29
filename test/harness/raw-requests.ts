import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The bytes of a POST to /graphql, as a client that pipelines writes them. */
export function rawPost(body: unknown, headers: readonly string[] = []): string {
  const text = JSON.stringify(body);
  const head = ['POST /graphql HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json', ...headers];
  return `${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** A connection that takes whatever comes, and does not mind being reset. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket.resume();
}

/** Everything that comes back for these bytes until the server closes the connection; fails if it never does. */
export async function untilClosed(url: string, bytes: string, within = 15_000): Promise<string> {
  const socket = await openSocket(url);
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  const closed = new Promise<'closed'>((resolve) => {
    socket.once('end', () => resolve('closed')).once('close', () => resolve('closed'));
  });
  socket.write(bytes, 'latin1');
  const late = once(AbortSignal.timeout(within), 'abort').then(() => 'late' as const);
  const outcome = await Promise.race([closed, late]);
  socket.destroy();
  if (outcome === 'late') throw new Error(`The connection stays open after ${JSON.stringify(received)}`);
  return received;
}
