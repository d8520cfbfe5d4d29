import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { PhoneProofs } from '../../phones/phone-proofs.js';
import { PhoneNumber } from './phone-number.js';

/** Resolves `proof`, which is signed only for clients that select it. */
@Resolver(() => PhoneNumber)
export class PhoneNumberResolver {
  readonly #proofs: PhoneProofs;
  /** One signature per number, even if it is selected under several aliases; kept as long as the number. */
  readonly #signed = new WeakMap<PhoneNumber, Promise<string | null>>();

  constructor(proofs: PhoneProofs) {
    this.#proofs = proofs;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A JWT of five minutes that other back ends verify against /.well-known/jwks.json, comparing its sub with their own user; null where the gateway has no signing key, or where nothing ties the number to the user who asked.',
  })
  proof(@Root() number: PhoneNumber): Promise<string | null> {
    const signed = this.#signed.get(number) ?? this.#proofs.sign(number.verified);
    this.#signed.set(number, signed);
    return signed;
  }
}
