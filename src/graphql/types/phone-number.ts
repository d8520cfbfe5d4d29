import { Field, ID, ObjectType } from 'type-graphql';
import type { PhoneNumber as DomainPhoneNumber, Watermark as DomainWatermark } from '../../domain/phone-number.js';
import { UnixSecondsScalar } from './unix-seconds.js';

@ObjectType('Watermark', { description: 'What Weixin stamped into the data when it issued it.', simpleResolvers: true })
export class Watermark {
  @Field(() => ID, { description: 'The Mini Program for which Weixin issued the number.' })
  readonly appId: string;

  @Field(() => UnixSecondsScalar, { description: 'When Weixin issued it.' })
  readonly timestamp: number;

  constructor({ appId, timestamp }: DomainWatermark) {
    this.appId = appId;
    this.timestamp = timestamp;
  }
}

@ObjectType('PhoneNumber', {
  description: 'A phone number that passed every check: genuine, issued for this Mini Program, and lately.',
  simpleResolvers: true,
})
export class PhoneNumber {
  readonly __typename = 'PhoneNumber';

  @Field(() => String, {
    description: 'As Weixin wrote it; numbers outside mainland China may carry their country code.',
  })
  readonly phoneNumber: string;

  @Field(() => String, { description: 'Without the country code.' })
  readonly purePhoneNumber: string;

  @Field(() => String, { description: "Calling code without '+', e.g. 86." })
  readonly countryCode: string;

  @Field(() => String, { description: 'E.164, e.g. +8613580006666. Store and compare this one.' })
  readonly e164: string;

  @Field(() => Watermark, { description: 'For which Mini Program and when Weixin issued the number.' })
  readonly watermark: Watermark;

  /** The number that a proof is made from. */
  readonly verified: DomainPhoneNumber;

  constructor(verified: DomainPhoneNumber) {
    const { phoneNumber, purePhoneNumber, countryCode, e164, watermark } = verified;
    this.verified = verified;
    this.phoneNumber = phoneNumber;
    this.purePhoneNumber = purePhoneNumber;
    this.countryCode = countryCode;
    this.e164 = e164;
    this.watermark = new Watermark(watermark);
  }
}
