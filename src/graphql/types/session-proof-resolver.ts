import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { SessionProofs } from '../../sessions/session-proofs.js';
import { Session } from './session.js';

/** The field of a session that costs something: it is made only for a client that selects it. */
@Resolver(() => Session)
export class SessionProofResolver {
  readonly #proofs: SessionProofs;
  /** One signature an answer, under however many aliases it is selected. */
  readonly #signed = new WeakMap<Session, Promise<string | null>>();

  constructor(proofs: SessionProofs) {
    this.#proofs = proofs;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A JWT of minutes that tells other back ends who the caller is: they verify it against /.well-known/jwks.json, and its aud with their own appId. Null where the gateway has no signing key.',
  })
  proof(@Root() session: Session): Promise<string | null> {
    const signed = this.#signed.get(session) ?? this.#proofs.sign(session.live);
    this.#signed.set(session, signed);
    return signed;
  }
}
