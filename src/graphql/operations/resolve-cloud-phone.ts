import { Arg, createUnionType, Ctx, Field, InputType, Mutation, Resolver, UseMiddleware } from 'type-graphql';
import type { PhoneService } from '../../phones/phone-service.js';
import type { SessionService } from '../../sessions/session-service.js';
import { openedByWeixin, phoneNumberAnswer } from './phone-number-answer.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';

@InputType('ResolveCloudPhoneInput', {
  description: "What the getPhoneNumber button's event carries in Mini Programs with Cloud Base.",
})
export class ResolveCloudPhoneInput {
  @Field(() => String, { description: "e.detail.cloudID of the button's event." })
  readonly cloudId!: string;
}

export const ResolveCloudPhoneResult = createUnionType({
  name: 'ResolveCloudPhoneResult',
  description: 'A phone number, or what to do instead: each error says it in remedy.',
  types: () => openedByWeixin,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class ResolveCloudPhoneResolver {
  readonly #sessions: SessionService;
  readonly #phones: PhoneService;

  constructor(sessions: SessionService, phones: PhoneService) {
    this.#sessions = sessions;
    this.#phones = phones;
  }

  @Mutation(() => ResolveCloudPhoneResult, {
    description:
      'Have Weixin open the cloudID that the getPhoneNumber button delivered (Mini Programs with Cloud Base).',
  })
  async resolveCloudPhone(
    @Arg('input', () => ResolveCloudPhoneInput) { cloudId }: ResolveCloudPhoneInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ResolveCloudPhoneResult> {
    return phoneNumberAnswer(this.#sessions, context, (session) => this.#phones.resolve(session, cloudId));
  }
}
