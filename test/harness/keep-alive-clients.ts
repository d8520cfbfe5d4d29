import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What became of one request: 'cut off' where the connection was there, and ended without an answer of status 200. */
export type Outcome = 'answered' | 'refused' | 'cut off';

export interface KeepAliveAnswer {
  readonly outcome: Outcome;
  /** Head and body; empty where none came. */
  readonly text: string;
  /** The server said that this connection takes no other request. */
  readonly isLast: boolean;
}

/**
 * One connection of a client that keeps it, and sends one request after the other: bare sockets, so that no library sends
 * again what was lost.
 */
export class KeepAliveClient {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** Posts a body to /graphql. */
  async post(body: string, token?: string): Promise<KeepAliveAnswer> {
    const socket = await this.#connected();
    if (socket === undefined) return { outcome: 'refused', text: '', isLast: true };
    const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${authorization}`;
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const text = (await wholeAnswer(socket)) ?? '';
    const isLast = text === '' || /\r\nconnection: close\r\n/i.test(text);
    if (isLast) this.close();
    return { outcome: text.startsWith('HTTP/1.1 200 ') ? 'answered' : 'cut off', text, isLast };
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connected(): Promise<Socket | undefined> {
    if (this.#socket?.readyState === 'open') return this.#socket;
    this.close();
    const socket = connect(this.#port, '127.0.0.1');
    try {
      await once(socket, 'connect');
    } catch {
      return undefined;
    }
    socket.on('error', () => undefined);
    return (this.#socket = socket);
  }
}

/** Head and body; undefined where the connection ends before they are whole. */
function wholeAnswer(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = '';
    const settle = (answer: string | undefined) => {
      socket.off('data', onData).off('close', onClose);
      resolve(answer);
    };
    const onData = (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const [head = '', body] = received.split('\r\n\r\n', 2);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
      if (body !== undefined && body.length >= length) settle(received);
    };
    const onClose = () => settle(undefined);
    socket.on('data', onData).once('close', onClose);
  });
}
