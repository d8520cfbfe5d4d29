import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { SessionProofs } from '../../sessions/session-proofs.js';
import { oncePerObject } from './once-per-object.js';
import { Session } from './session.js';

/** The field of a session that costs something: it is made only for a client that selects it. */
@Resolver(() => Session)
export class SessionProofResolver {
  /** One signature, even if it is selected under several aliases. */
  readonly #signed: (session: Session) => Promise<string | null>;

  constructor(proofs: SessionProofs) {
    this.#signed = oncePerObject(({ live }) => proofs.sign(live));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A JWT of minutes that tells other back ends who the caller is: they verify it against /.well-known/jwks.json, and its aud with their own appId. Null where the gateway has no signing key.',
  })
  proof(@Root() session: Session): Promise<string | null> {
    return this.#signed(session);
  }
}
