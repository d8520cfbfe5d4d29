import {
  Arg,
  createUnionType,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  UseMiddleware,
} from 'type-graphql';
import type { App, Apps } from '../../domain/app.js';
import type { SessionService } from '../../sessions/session-service.js';
import { answerTo } from '../errors/answers.js';
import { badUserInput } from '../errors/bad-user-input.js';
import { InvalidCodeError, RateLimitedError, ServiceUnavailableError, UserBlockedError } from '../errors/user-error.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';
import { Session } from '../types/session.js';

/** Long enough for any random value, short enough for a key derivation. */
const NONCE = /^[\x21-\x7e]{1,128}$/;

@InputType('LoginInput', { description: 'What wx.login gave the Mini Program.' })
export class LoginInput {
  @Field(() => String, { description: 'From wx.login: single use, valid for five minutes.' })
  readonly code!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Which of the configured Mini Programs; may be left out where the gateway serves just one.',
  })
  readonly appId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A random value of the client's own, 1 to 128 printable ASCII characters. Where given, repeating the code gives the same session only with the same nonce.",
  })
  readonly nonce?: string | null;
}

@ObjectType('LoginSuccess', { description: 'The user is logged in.' })
export class LoginSuccess {
  readonly __typename = 'LoginSuccess';

  @Field(() => String, { description: "Opaque bearer token: send it as 'Authorization: Bearer <token>'." })
  readonly token: string;

  @Field(() => Session, { description: 'The session that the token stands for.' })
  readonly session: Session;

  constructor(token: string, session: Session) {
    this.token = token;
    this.session = session;
  }
}

export const LoginResult = createUnionType({
  name: 'LoginResult',
  description: 'A session, or what to do instead: each error says it in remedy.',
  types: () => [LoginSuccess, InvalidCodeError, UserBlockedError, RateLimitedError, ServiceUnavailableError] as const,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class LoginResolver {
  readonly #sessions: SessionService;
  readonly #apps: Apps;

  constructor(sessions: SessionService, apps: Apps) {
    this.#sessions = sessions;
    this.#apps = apps;
  }

  @Mutation(() => LoginResult, {
    description:
      'Exchange a code from wx.login for a session. Repeating the same code within a minute gives the same session.',
  })
  async login(
    @Arg('input', () => LoginInput) { code, appId, nonce }: LoginInput,
    @Ctx() { clientAddress }: RequestContext,
  ): Promise<typeof LoginResult> {
    if (typeof nonce === 'string' && !NONCE.test(nonce)) {
      throw badUserInput('input.nonce must be 1 to 128 printable ASCII characters without spaces.');
    }
    const result = await this.#sessions.login({
      app: this.#app(appId),
      code,
      nonce: nonce ?? null,
      clientAddress: clientAddress(),
    });
    if (!result.ok) return answerTo(result.failure);
    return new LoginSuccess(result.value.token, new Session(result.value.session));
  }

  #app(appId: string | null | undefined): App {
    const only = this.#apps.size === 1 ? [...this.#apps.values()][0] : undefined;
    const app = appId === null || appId === undefined ? only : this.#apps.get(appId);
    if (app === undefined) {
      throw badUserInput(
        appId === null || appId === undefined
          ? 'input.appId is needed: this gateway serves several Mini Programs.'
          : 'input.appId is not one of the Mini Programs that this gateway serves.',
      );
    }
    return app;
  }
}
