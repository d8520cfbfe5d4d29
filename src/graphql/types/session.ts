import { Field, ID, ObjectType } from 'type-graphql';
import type { Session as DomainSession } from '../../domain/session.js';
import { DateTimeScalar } from './date-time.js';

@ObjectType('Session', { description: 'A logged-in user of a Mini Program.', simpleResolvers: true })
export class Session {
  readonly __typename = 'Session';

  @Field(() => ID, { description: 'The Mini Program.' })
  readonly appId: string;

  @Field(() => ID, { description: 'The user, as this Mini Program knows them.' })
  readonly openId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The user across one Open Platform account; null where Weixin gave none.',
  })
  readonly unionId: string | null;

  @Field(() => DateTimeScalar, { description: 'When the user logged in.' })
  readonly createdAt: number;

  @Field(() => DateTimeScalar, {
    description: 'When the session ends at the latest; it ends earlier when left idle.',
  })
  readonly expiresAt: number;

  /** What a proof of this session is made of. */
  readonly live: DomainSession;

  constructor(live: DomainSession) {
    const { appId, openId, unionId, createdAt, expiresAt } = live;
    this.live = live;
    this.appId = appId;
    this.openId = openId;
    this.unionId = unionId;
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }
}
