import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that reads requests without a body, and writes bytes, whether they are HTTP or not. */
export interface RawServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** @param answer told the head of a request, and where to write */
export async function startRawServer(answer: (head: string, socket: Socket) => void): Promise<RawServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // The other side hangs up on what is not HTTP.
    socket.on('error', () => undefined);
    let head = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      head += text;
      if (!head.endsWith('\r\n\r\n')) return;
      answer(head, socket);
      head = '';
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
