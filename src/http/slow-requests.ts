import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import { errorBody } from './request-error.js';

const BODY_TIMER = Symbol('body timer');

interface Timed extends FastifyRequest {
  [BODY_TIMER]?: NodeJS.Timeout;
}

/**
 * Refuses a request whose body has not arrived whole in time, with 408, and closes its connection: node's own
 * `requestTimeout` lets a body that stops half way hold its connection for good.
 */
export function refuseSlowRequests(server: FastifyInstance, within: Milliseconds): void {
  // Hooks that call back: every request comes through here, and a promise for each would cost more than the timer does.
  server.addHook('onRequest', (request, reply, done) => {
    const giveUp = () => {
      reply.raw.once('finish', () => request.raw.destroy());
      void reply
        .code(408)
        .header('connection', 'close')
        .send(errorBody('The body did not arrive in time.', ApolloServerErrorCode.BAD_REQUEST));
    };
    (request as Timed)[BODY_TIMER] = setTimeout(giveUp, within);
    done();
  });
  const settle = (request: Timed) => clearTimeout(request[BODY_TIMER]);
  server.addHook('preValidation', (request, _reply, done) => {
    settle(request);
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    settle(request);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    settle(request);
    done();
  });
}
