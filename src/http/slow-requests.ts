import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { FastifyInstance } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import { errorBody } from './request-error.js';

/**
 * Refuses a request whose body has not arrived whole in time, with 408, and closes its connection: node's own
 * `requestTimeout` lets a body that stops half way hold its connection for good.
 */
export function refuseSlowRequests(server: FastifyInstance, within: Milliseconds): void {
  const timers = new WeakMap<object, NodeJS.Timeout>();
  server.addHook('onRequest', async (request, reply) => {
    const giveUp = () => {
      reply.raw.once('finish', () => request.raw.destroy());
      void reply
        .code(408)
        .header('connection', 'close')
        .send(errorBody('The body did not arrive in time.', ApolloServerErrorCode.BAD_REQUEST));
    };
    timers.set(request, setTimeout(giveUp, within));
  });
  const settle = async (request: object) => clearTimeout(timers.get(request));
  server.addHook('preValidation', settle);
  server.addHook('onResponse', settle);
  server.addHook('onRequestAbort', settle);
}
