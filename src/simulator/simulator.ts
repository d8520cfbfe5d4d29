import { fastify, type FastifyInstance } from 'fastify';
import { hostOf, isLoopback } from '../domain/loopback.js';
import { FaultScript } from './fault-script.js';
import { phoneRoutes } from './phone-routes.js';
import { platformRoutes } from './platform-routes.js';
import { weixinRoutes } from './weixin-routes.js';
import { WeixinWorld, type WeixinWorldOptions } from './weixin-world.js';

export interface SimulatorOptions extends WeixinWorldOptions {
  /** Hosts answered besides loopback names, in lower case. */
  readonly hosts?: readonly string[];
}

/**
 * Stand-in for Weixin, for development and tests: a real HTTP server on the loopback interface that speaks Weixin's
 * wire format, and plays the phone at /phone.
 */
export class Simulator {
  readonly world: WeixinWorld;
  readonly faults = new FaultScript();
  readonly #server: FastifyInstance;

  constructor(options: SimulatorOptions) {
    this.world = new WeixinWorld(options);
    this.#server = fastify({ logger: false, forceCloseConnections: true });
    refuseForeignHosts(this.#server, options.hosts ?? []);
    weixinRoutes(this.#server, this.world, this.faults);
    platformRoutes(this.#server, this.world);
    phoneRoutes(this.#server, this.world, this.faults);
  }

  /** Listens on the loopback interface and returns its origin; port 0 takes a free one. */
  async listen(port: number): Promise<string> {
    return this.#server.listen({ host: '127.0.0.1', port });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

/** Rejects other hosts than loopback names and these (421), against DNS rebinding. */
function refuseForeignHosts(server: FastifyInstance, hosts: readonly string[]): void {
  server.addHook('onRequest', async (request, reply) => {
    const host = hostOf(request.headers.host ?? '');
    if (isLoopback(host) || hosts.includes(host)) return;
    await reply.code(421).send({
      errors: [
        {
          message: 'The simulator answers requests for loopback hosts only.',
          extensions: { code: 'MISDIRECTED_REQUEST' },
        },
      ],
    });
  });
}
