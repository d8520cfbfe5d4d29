import { Arg, createUnionType, Ctx, Field, InputType, Mutation, Resolver, UseMiddleware } from 'type-graphql';
import type { PhoneService } from '../../phones/phone-service.js';
import type { SessionService } from '../../sessions/session-service.js';
import { openedByWeixin, phoneNumberAnswer } from './phone-number-answer.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';

@InputType('ExchangePhoneCodeInput', {
  description: "What the getPhoneNumber button's event carries since base library 2.21.2.",
})
export class ExchangePhoneCodeInput {
  @Field(() => String, { description: "e.detail.code of the button's event; not the code from wx.login." })
  readonly code!: string;
}

export const ExchangePhoneCodeResult = createUnionType({
  name: 'ExchangePhoneCodeResult',
  description: 'A phone number, or what to do instead: each error says it in remedy.',
  types: () => openedByWeixin,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class ExchangePhoneCodeResolver {
  readonly #sessions: SessionService;
  readonly #phones: PhoneService;

  constructor(sessions: SessionService, phones: PhoneService) {
    this.#sessions = sessions;
    this.#phones = phones;
  }

  @Mutation(() => ExchangePhoneCodeResult, {
    description:
      'Exchange the code that the getPhoneNumber button delivered (base library 2.21.2 and later). Repeating the same code within a minute gives the same user the same number.',
  })
  async exchangePhoneCode(
    @Arg('input', () => ExchangePhoneCodeInput) { code }: ExchangePhoneCodeInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ExchangePhoneCodeResult> {
    return phoneNumberAnswer(this.#sessions, context, (session) => this.#phones.exchange(session, code));
  }
}
