import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { PhoneService } from '../phones/phone-service.js';
import type { SessionService } from '../sessions/session-service.js';
import { DecryptPhoneResolver } from './operations/decrypt-phone.js';
import { type Apps, LoginResolver } from './operations/login.js';
import { LogoutResolver } from './operations/logout.js';
import { SessionResolver } from './operations/session.js';

export interface SchemaServices {
  readonly sessions: SessionService;
  readonly phones: PhoneService;
  readonly apps: Apps;
}

/** The executable schema; its resolvers delegate to these services. */
export async function buildGatewaySchema({ sessions, phones, apps }: SchemaServices): Promise<GraphQLSchema> {
  const resolvers = new Map<unknown, object>([
    [SessionResolver, new SessionResolver(sessions)],
    [LoginResolver, new LoginResolver(sessions, apps)],
    [DecryptPhoneResolver, new DecryptPhoneResolver(sessions, phones)],
    [LogoutResolver, new LogoutResolver(sessions)],
  ]);
  return buildSchema({
    resolvers: [SessionResolver, LoginResolver, DecryptPhoneResolver, LogoutResolver],
    container: { get: (resolver) => resolvers.get(resolver) },
    validate: false,
  });
}
