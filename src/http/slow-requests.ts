import type { Socket } from 'node:net';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import { errorBody } from './request-error.js';

/** Looks at the connections in the time that a body may take. */
const LOOKS = 10;

const AWAITED = Symbol('request whose body is awaited');

interface Awaited {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** By the process's own clock. */
  readonly dueAt: number;
}

interface Connection extends Socket {
  [AWAITED]?: Awaited | undefined;
}

/**
 * Refuses a request whose body has not arrived whole in time, with 408, and closes its connection: node's own
 * `requestTimeout` lets a body that stops half way hold its connection for good. It comes up to a tenth of that time late.
 *
 * A connection carries one body at a time, so it is the connection that remembers its request: a timer for each request
 * costs as much as a tenth of HTTP, and a Map of them makes new tables all the time.
 */
export function refuseSlowRequests(server: FastifyInstance, within: Milliseconds): void {
  const connections = new Set<Connection>();
  server.server.on('connection', (connection: Connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  const look = () => {
    const now = performance.now();
    for (const connection of connections) {
      const awaited = connection[AWAITED];
      if (awaited === undefined || now < awaited.dueAt) continue;
      connection[AWAITED] = undefined;
      refuse(awaited);
    }
  };
  const looks = setInterval(look, within / LOOKS).unref();
  server.addHook('onClose', (_server, done) => {
    clearInterval(looks);
    done();
  });

  // Hooks that call back: every request comes through here, and a promise for each would cost more than the rest.
  server.addHook('onRequest', (request, reply, done) => {
    const connection: Connection = request.raw.socket;
    connection[AWAITED] = { request, reply, dueAt: performance.now() + within };
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    settle(request);
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    settle(request);
    done();
  });
}

/** What comes behind a request on its connection may be awaited already, and stays so. */
function settle(request: FastifyRequest): void {
  const connection: Connection = request.raw.socket;
  if (connection[AWAITED]?.request === request) connection[AWAITED] = undefined;
}

function refuse({ request, reply }: Awaited): void {
  reply.raw.once('finish', () => request.raw.destroy());
  void reply
    .code(408)
    .header('connection', 'close')
    .send(errorBody('The body did not arrive in time.', ApolloServerErrorCode.BAD_REQUEST));
}
