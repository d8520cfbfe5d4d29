import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { Apps } from '../domain/app.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import type { PhoneService } from '../phones/phone-service.js';
import type { PhoneProofs } from '../phones/phone-proofs.js';
import type { SessionProofs } from '../sessions/session-proofs.js';
import type { SessionService } from '../sessions/session-service.js';
import { ObserveOperations } from './observe-operations.js';
import { CheckSessionResolver } from './operations/check-session.js';
import { DecryptPhoneResolver } from './operations/decrypt-phone.js';
import { ExchangePhoneCodeResolver } from './operations/exchange-phone-code.js';
import { LoginResolver } from './operations/login.js';
import { LogoutResolver } from './operations/logout.js';
import { ResolveCloudPhoneResolver } from './operations/resolve-cloud-phone.js';
import { SessionResolver } from './operations/session.js';
import { PhoneNumberResolver } from './types/phone-number-resolver.js';
import { SessionProofResolver } from './types/session-proof-resolver.js';

export interface SchemaServices {
  readonly sessions: SessionService;
  readonly phones: PhoneService;
  readonly phoneProofs: PhoneProofs;
  readonly sessionProofs: SessionProofs;
  readonly apps: Apps;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
}

/** Builds the executable schema; its resolvers delegate to these services. */
export async function buildGatewaySchema(services: SchemaServices): Promise<GraphQLSchema> {
  const { sessions, phones, phoneProofs, sessionProofs, apps, metrics, tracing } = services;
  const resolvers = [
    new SessionResolver(sessions),
    new CheckSessionResolver(sessions),
    new LoginResolver(sessions, apps),
    new DecryptPhoneResolver(sessions, phones),
    new ExchangePhoneCodeResolver(sessions, phones),
    new ResolveCloudPhoneResolver(sessions, phones),
    new LogoutResolver(sessions),
    new PhoneNumberResolver(phoneProofs),
    new SessionProofResolver(sessionProofs),
  ];
  const instances = new Map<unknown, object>(
    [...resolvers, new ObserveOperations(metrics, tracing)].map((instance) => [instance.constructor, instance]),
  );
  return buildSchema({
    resolvers: resolvers.map(({ constructor }) => constructor) as [() => unknown],
    container: { get: (type) => instances.get(type) },
    validate: false,
    // Apollo Server checks the schema as well.
    skipCheck: true,
  });
}
