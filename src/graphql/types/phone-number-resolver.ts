import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { ProofSigner } from '../../phones/proof-signer.js';
import { PhoneNumber } from './phone-number.js';

/** The field of a phone number that costs something: it is made only for a client that selects it. */
@Resolver(() => PhoneNumber)
export class PhoneNumberResolver {
  readonly #proofs: ProofSigner;
  /** One signature a number, under however many aliases it is selected; kept as long as the number is. */
  readonly #signed = new WeakMap<PhoneNumber, Promise<string | null>>();

  constructor(proofs: ProofSigner) {
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
