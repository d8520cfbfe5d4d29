import type { FailureOf } from '../domain/failure.js';
import { fail, type Result } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import type { SessionService } from '../sessions/session-service.js';
import type { RequestContext } from './request-context.js';

/** The session of the caller. If there is none, the failure names a problem that the request's headers show. */
export async function sessionOfCaller(
  sessions: SessionService,
  { token, authorizationProblem }: RequestContext,
): Promise<Result<Session, FailureOf<'NOT_LOGGED_IN' | 'SERVICE_UNAVAILABLE'>>> {
  const session = await sessions.authenticate(token);
  if (session.ok || session.failure.code !== 'NOT_LOGGED_IN') return session;
  const problem = authorizationProblem();
  return problem === undefined ? session : fail({ code: 'NOT_LOGGED_IN', problem });
}
