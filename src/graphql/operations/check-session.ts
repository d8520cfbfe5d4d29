import { createUnionType, Ctx, Field, ObjectType, Query, Resolver, UseMiddleware } from 'type-graphql';
import type { SessionService } from '../../sessions/session-service.js';
import { sessionOfCaller } from '../caller.js';
import { answerTo } from '../errors/answers.js';
import { InvalidSessionError, RateLimitedError, ServiceUnavailableError } from '../errors/user-error.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';

@ObjectType('SessionCheck', {
  description: 'What Weixin said of the newest session key on file.',
  simpleResolvers: true,
})
export class SessionCheck {
  readonly __typename = 'SessionCheck';

  @Field(() => Boolean, {
    description:
      "Whether it is still the user's. Where it is not, call wx.login and the login mutation before the next tap.",
  })
  readonly keyIsCurrent: boolean;

  constructor(keyIsCurrent: boolean) {
    this.keyIsCurrent = keyIsCurrent;
  }
}

export const CheckSessionResult = createUnionType({
  name: 'CheckSessionResult',
  description: 'What Weixin said, or what to do instead: each error says it in remedy.',
  types: () => [SessionCheck, InvalidSessionError, RateLimitedError, ServiceUnavailableError] as const,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class CheckSessionResolver {
  readonly #sessions: SessionService;

  constructor(sessions: SessionService) {
    this.#sessions = sessions;
  }

  @Query(() => CheckSessionResult, {
    description:
      "Asks Weixin whether the newest session key on file is still the user's; the server side of wx.checkSession.",
  })
  async checkSession(@Ctx() context: RequestContext): Promise<typeof CheckSessionResult> {
    const session = await sessionOfCaller(this.#sessions, context);
    if (!session.ok) return answerTo(session.failure);
    const current = await this.#sessions.isKeyCurrent(session.value);
    return current.ok ? new SessionCheck(current.value) : answerTo(current.failure);
  }
}
