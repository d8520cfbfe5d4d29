import {
  Arg,
  createUnionType,
  Ctx,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  UseMiddleware,
} from 'type-graphql';
import type { SessionService } from '../../sessions/session-service.js';
import { answerTo } from '../errors/answers.js';
import { ServiceUnavailableError } from '../errors/user-error.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';

@InputType('LogoutInput', { description: 'How much to end.' })
export class LogoutInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "True ends every session of the caller's user in this Mini Program, on every device.",
  })
  readonly everywhere!: boolean;
}

@ObjectType('LogoutSuccess', { description: 'What there was to end has ended.', simpleResolvers: true })
export class LogoutSuccess {
  readonly __typename = 'LogoutSuccess';

  @Field(() => Int, { description: 'How many sessions ended; 0 where the caller had none.' })
  readonly sessionsEnded: number;

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded;
  }
}

export const LogoutResult = createUnionType({
  name: 'LogoutResult',
  description: 'Done, or what to do instead: the error says it in remedy.',
  types: () => [LogoutSuccess, ServiceUnavailableError] as const,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class LogoutResolver {
  readonly #sessions: SessionService;

  constructor(sessions: SessionService) {
    this.#sessions = sessions;
  }

  @Mutation(() => LogoutResult, {
    description: "End the caller's session, or every session of the caller. Ending nothing is a success too.",
  })
  async logout(
    @Arg('input', () => LogoutInput, { nullable: true }) input: LogoutInput | null,
    @Ctx() { token }: RequestContext,
  ): Promise<typeof LogoutResult> {
    const ended = await this.#sessions.logout(token, input?.everywhere ?? false);
    return ended.ok ? new LogoutSuccess(ended.value) : answerTo(ended.failure);
  }
}
