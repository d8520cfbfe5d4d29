import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { PhoneService } from '../phones/phone-service.js';
import type { ProofSigner } from '../phones/proof-signer.js';
import type { SessionService } from '../sessions/session-service.js';
import { CheckSessionResolver } from './operations/check-session.js';
import { DecryptPhoneResolver } from './operations/decrypt-phone.js';
import { ExchangePhoneCodeResolver } from './operations/exchange-phone-code.js';
import { type Apps, LoginResolver } from './operations/login.js';
import { LogoutResolver } from './operations/logout.js';
import { ResolveCloudPhoneResolver } from './operations/resolve-cloud-phone.js';
import { SessionResolver } from './operations/session.js';
import { PhoneNumberResolver } from './types/phone-number-resolver.js';

export interface SchemaServices {
  readonly sessions: SessionService;
  readonly phones: PhoneService;
  readonly proofs: ProofSigner;
  readonly apps: Apps;
}

/** The executable schema; its resolvers delegate to these services. */
export async function buildGatewaySchema({ sessions, phones, proofs, apps }: SchemaServices): Promise<GraphQLSchema> {
  const resolvers = new Map<unknown, object>([
    [SessionResolver, new SessionResolver(sessions)],
    [CheckSessionResolver, new CheckSessionResolver(sessions)],
    [LoginResolver, new LoginResolver(sessions, apps)],
    [DecryptPhoneResolver, new DecryptPhoneResolver(sessions, phones)],
    [ExchangePhoneCodeResolver, new ExchangePhoneCodeResolver(sessions, phones)],
    [ResolveCloudPhoneResolver, new ResolveCloudPhoneResolver(sessions, phones)],
    [LogoutResolver, new LogoutResolver(sessions)],
    [PhoneNumberResolver, new PhoneNumberResolver(proofs)],
  ]);
  return buildSchema({
    resolvers: [
      SessionResolver,
      CheckSessionResolver,
      LoginResolver,
      DecryptPhoneResolver,
      ExchangePhoneCodeResolver,
      ResolveCloudPhoneResolver,
      LogoutResolver,
      PhoneNumberResolver,
    ],
    container: { get: (resolver) => resolvers.get(resolver) },
    validate: false,
    // Apollo Server checks the schema as well.
    skipCheck: true,
  });
}
