import * as z from 'zod';
import type { SessionService } from '../../sessions/session-service.js';
import { invalidRequest } from './backend-error.js';
import { type BackendEndpoint, done, later } from './endpoint.js';
import { namedUser } from './named-user.js';

const request = z.strictObject({ appId: z.string(), openId: z.string() });

/** Ends every session of a user in one Mini Program: for a ban, a lost phone, a support desk. */
export function endSessions(sessions: SessionService): BackendEndpoint {
  return {
    path: '/end-sessions',
    mediaType: 'application/json',
    async answer(body) {
      const { data } = request.safeParse(body);
      if (data === undefined) throw invalidRequest('The body must be a JSON object with appId and openId.');
      const ended = await sessions.endSessions(namedUser(data));
      if (!ended.ok) throw later(ended.failure);
      return done('sessions_ended', { sessionsEnded: ended.value });
    },
  };
}
