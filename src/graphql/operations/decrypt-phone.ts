import { Arg, createUnionType, Ctx, Field, InputType, Mutation, Resolver, UseMiddleware } from 'type-graphql';
import {
  BLOCK_BYTES,
  type EncryptedPhone,
  MAX_ENCRYPTED_BYTES,
  MIN_ENCRYPTED_BYTES,
} from '../../crypto/crypto-service.js';
import type { PhoneService } from '../../phones/phone-service.js';
import type { SessionService } from '../../sessions/session-service.js';
import { badUserInput } from '../errors/bad-user-input.js';
import {
  InvalidSessionError,
  InvalidWatermarkError,
  RateLimitedError,
  ServiceUnavailableError,
} from '../errors/user-error.js';
import { PhoneNumber } from '../types/phone-number.js';
import { phoneNumberAnswer } from './phone-number-answer.js';
import { ObserveOperations } from '../observe-operations.js';
import type { RequestContext } from '../request-context.js';
import { Base64Scalar } from '../types/base64.js';

@InputType('DecryptPhoneInput', { description: "What the getPhoneNumber button's event carries, unchanged." })
export class DecryptPhoneInput {
  @Field(() => Base64Scalar, { description: 'e.detail.encryptedData: 112 to 256 bytes, in blocks of 16.' })
  readonly encryptedData!: Buffer;

  @Field(() => Base64Scalar, { description: 'e.detail.iv: exactly 16 bytes.' })
  readonly iv!: Buffer;
}

export const DecryptPhoneResult = createUnionType({
  name: 'DecryptPhoneResult',
  description: 'A phone number, or what to do instead: each error says it in remedy.',
  types: () =>
    [PhoneNumber, InvalidSessionError, InvalidWatermarkError, RateLimitedError, ServiceUnavailableError] as const,
});

@Resolver()
@UseMiddleware(ObserveOperations)
export class DecryptPhoneResolver {
  readonly #sessions: SessionService;
  readonly #phones: PhoneService;

  constructor(sessions: SessionService, phones: PhoneService) {
    this.#sessions = sessions;
    this.#phones = phones;
  }

  @Mutation(() => DecryptPhoneResult, {
    description:
      "Decrypt what the getPhoneNumber button delivered (encryptedData and iv) with the caller's recent session keys.",
  })
  async decryptPhone(
    @Arg('input', () => DecryptPhoneInput) input: DecryptPhoneInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof DecryptPhoneResult> {
    const data = encryptedPhone(input);
    return phoneNumberAnswer(this.#sessions, context, (session) => this.#phones.decrypt(session, data));
  }
}

/** Checks the lengths. They are no secret, so they are checked before the session and the keys. */
function encryptedPhone({ encryptedData, iv }: DecryptPhoneInput): EncryptedPhone {
  const { length } = encryptedData;
  if (length % BLOCK_BYTES !== 0 || length < MIN_ENCRYPTED_BYTES || length > MAX_ENCRYPTED_BYTES) {
    throw badUserInput(
      `input.encryptedData must be ${MIN_ENCRYPTED_BYTES} to ${MAX_ENCRYPTED_BYTES} bytes, a multiple of ${BLOCK_BYTES}.`,
    );
  }
  if (iv.length !== BLOCK_BYTES) throw badUserInput(`input.iv must be exactly ${BLOCK_BYTES} bytes.`);
  return { encryptedData, iv };
}
