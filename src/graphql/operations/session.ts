import { createUnionType, Ctx, Query, Resolver, UseMiddleware } from 'type-graphql';
import type { SessionService } from '../../sessions/session-service.js';
import { sessionOfCaller } from '../caller.js';
import { answerTo } from '../errors/answers.js';
import { InvalidSessionError, ServiceUnavailableError } from '../errors/user-error.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';
import { Session } from '../types/session.js';

export const SessionResult = createUnionType({
  name: 'SessionResult',
  description: "The caller's session, or what to do instead: each error says it in remedy.",
  types: () => [Session, InvalidSessionError, ServiceUnavailableError] as const,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class SessionResolver {
  readonly #sessions: SessionService;

  constructor(sessions: SessionService) {
    this.#sessions = sessions;
  }

  @Query(() => SessionResult, { description: "The caller's session." })
  async session(@Ctx() context: RequestContext): Promise<typeof SessionResult> {
    const session = await sessionOfCaller(this.#sessions, context);
    return session.ok ? new Session(session.value) : answerTo(session.failure);
  }
}
