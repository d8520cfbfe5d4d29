import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { PhoneProofs } from '../../phones/phone-proofs.js';
import { oncePerObject } from './once-per-object.js';
import { PhoneNumber } from './phone-number.js';

/** Resolves `proof`, which is signed only for clients that select it. */
@Resolver(() => PhoneNumber)
export class PhoneNumberResolver {
  /** One signature, even if it is selected under several aliases. */
  readonly #signed: (number: PhoneNumber) => Promise<string | null>;

  constructor(proofs: PhoneProofs) {
    this.#signed = oncePerObject(({ verified }) => proofs.sign(verified));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A JWT of five minutes that other back ends verify against /.well-known/jwks.json, comparing its sub with their own user; null where the gateway has no signing key, or where nothing ties the number to the user who asked.',
  })
  proof(@Root() number: PhoneNumber): Promise<string | null> {
    return this.#signed(number);
  }
}
