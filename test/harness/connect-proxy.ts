import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** How a proxy treats a CONNECT. */
export type Treatment = 'connects' | 'refuses' | 'is silent';

export interface ConnectProxyOptions {
  /** The port on 127.0.0.1 that a host stands for, whatever port is asked for. */
  readonly hosts: Readonly<Record<string, number>>;
  /** `user:password` that it asks for; default: nothing. */
  readonly credentials?: string;
  readonly treatment?: Treatment;
}

/** A real HTTP proxy, which takes CONNECT and nothing else. */
export class ConnectProxy {
  /** What was asked for: `host:port`. */
  readonly asked: string[] = [];
  treatment: Treatment;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor({ hosts, credentials, treatment = 'connects' }: ConnectProxyOptions) {
    this.treatment = treatment;
    this.#server = createServer((_request, response) => response.writeHead(405).end());
    this.#server.on('connection', (socket: Socket) => this.#keep(socket));
    this.#server.on('connect', (request: IncomingMessage, client: Socket) => {
      const target = request.url ?? '';
      this.asked.push(target);
      if (this.treatment === 'is silent') return;
      const basic = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
      const port = hosts[target.replace(/:\d+$/, '')];
      if (basic !== undefined && request.headers['proxy-authorization'] !== basic) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      } else if (this.treatment === 'refuses' || port === undefined) {
        client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      } else {
        const server = connect(port, '127.0.0.1', () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n');
          client.pipe(server).pipe(client);
        });
        this.#keep(server);
      }
    });
  }

  static async start(options: ConnectProxyOptions): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(options);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  /** `host:port` of the proxy. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}
