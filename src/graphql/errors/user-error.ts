import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';

export enum ErrorCode {
  NOT_LOGGED_IN = 'NOT_LOGGED_IN',
  KEY_MISMATCH = 'KEY_MISMATCH',
  APP_ID_MISMATCH = 'APP_ID_MISMATCH',
  TOO_OLD = 'TOO_OLD',
  IN_THE_FUTURE = 'IN_THE_FUTURE',
  NOT_ISSUED_BY_WEIXIN = 'NOT_ISSUED_BY_WEIXIN',
  CODE_INVALID = 'CODE_INVALID',
  CODE_ALREADY_USED = 'CODE_ALREADY_USED',
  USER_BLOCKED = 'USER_BLOCKED',
  RATE_LIMITED = 'RATE_LIMITED',
  SERVICE_UNAVAILABLE = 'SERVICE_UNAVAILABLE',
}

registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'What happened, one value for each cause that a client may treat differently.',
  valuesConfig: {
    NOT_LOGGED_IN: {
      description:
        'No token, or one that is unknown, expired or revoked: the answer does not tell which. Log in and send the request again.',
    },
    KEY_MISMATCH: {
      description:
        "None of the user's recent session keys opens the data, or what opens is not a Weixin phone document. Log in and send the same data again; if the answer stays, have the user tap again.",
    },
    APP_ID_MISMATCH: {
      description:
        'A genuine document, issued for another Mini Program. Nothing that the client does helps: check which appId it logs in with.',
    },
    TOO_OLD: { description: 'A genuine document, older than the gateway accepts. Have the user tap again.' },
    IN_THE_FUTURE: {
      description:
        "A genuine document, dated further ahead than clock skew explains. Nothing that the client does helps: check the gateway's clock.",
    },
    NOT_ISSUED_BY_WEIXIN: {
      description:
        'Weixin says that it did not issue this data (only where the gateway asks Weixin). Have the user tap again.',
    },
    CODE_INVALID: {
      description:
        'A code that is unknown to Weixin, malformed or expired. Get a new one: wx.login for login, a tap for a phone code.',
    },
    CODE_ALREADY_USED: {
      description: 'A code that was used before. Get a new one: wx.login for login, a tap for a phone code.',
    },
    USER_BLOCKED: {
      description: 'Weixin judges the user high-risk and refuses the login. Nothing that the client does helps.',
    },
    RATE_LIMITED: {
      description:
        'Too many requests, or too many failures with this session key. Send the same request again after retryAfterSeconds.',
    },
    SERVICE_UNAVAILABLE: {
      description:
        'Weixin or the session store could not be reached, or answered nothing usable in time. Send the same request again after retryAfterSeconds.',
    },
  },
});

export enum Remedy {
  LOGIN_AND_RESEND = 'LOGIN_AND_RESEND',
  TAP_AGAIN = 'TAP_AGAIN',
  RETRY_LATER = 'RETRY_LATER',
  NONE = 'NONE',
}

registerEnumType(Remedy, {
  name: 'Remedy',
  description: 'What the Mini Program does next.',
  valuesConfig: {
    LOGIN_AND_RESEND: {
      description:
        'Call wx.login and the login mutation, then send the same data again; if the answer stays, have the user tap again.',
    },
    TAP_AGAIN: { description: 'Keep the session and have the user tap the button again.' },
    RETRY_LATER: { description: 'Send the same request again after retryAfterSeconds.' },
    NONE: { description: 'Nothing that the Mini Program does helps.' },
  },
});

/** Fields of every expected failure. */
@InterfaceType('UserError', {
  description:
    'An expected failure. Every member of every result union that is not the success implements it, so one fragment serves them all.',
})
export abstract class UserError {
  @Field(() => ErrorCode, { description: 'The cause, for the program to switch on.' })
  readonly code: ErrorCode;

  @Field(() => String, { description: 'For the developer who reads a log; not for the user.' })
  readonly message: string;

  @Field(() => Remedy, { description: 'What the Mini Program does next.' })
  readonly remedy: Remedy;

  @Field(() => Int, { nullable: true, description: 'Set where remedy is RETRY_LATER.' })
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, remedy: Remedy, message: string, retryAfterSeconds: number | null = null) {
    this.code = code;
    this.message = message;
    this.remedy = remedy;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

// Without the literal __typename, the compiler would treat these classes as one type.

@ObjectType('InvalidSessionError', {
  implements: UserError,
  description:
    'A bad session: NOT_LOGGED_IN or KEY_MISMATCH. Remedy: LOGIN_AND_RESEND, that is wx.login, the login mutation, and the same data once more.',
})
export class InvalidSessionError extends UserError {
  readonly __typename = 'InvalidSessionError';
}

@ObjectType('InvalidWatermarkError', {
  implements: UserError,
  description:
    'A bad watermark: TOO_OLD and NOT_ISSUED_BY_WEIXIN (remedy TAP_AGAIN: have the user tap once more), APP_ID_MISMATCH and IN_THE_FUTURE (remedy NONE: tell the operator).',
})
export class InvalidWatermarkError extends UserError {
  readonly __typename = 'InvalidWatermarkError';
}

@ObjectType('InvalidCodeError', {
  implements: UserError,
  description:
    'CODE_INVALID or CODE_ALREADY_USED. Remedy: LOGIN_AND_RESEND for login: call wx.login for a fresh code; TAP_AGAIN for a phone code or a cloudID: have the user tap once more.',
})
export class InvalidCodeError extends UserError {
  readonly __typename = 'InvalidCodeError';
}

@ObjectType('UserBlockedError', {
  implements: UserError,
  description: 'USER_BLOCKED. Remedy: NONE: Weixin refuses this user, and asking again does not help.',
})
export class UserBlockedError extends UserError {
  readonly __typename = 'UserBlockedError';
}

@ObjectType('RateLimitedError', {
  implements: UserError,
  description: 'RATE_LIMITED. Remedy: RETRY_LATER: send the same request again after retryAfterSeconds.',
})
export class RateLimitedError extends UserError {
  readonly __typename = 'RateLimitedError';
}

@ObjectType('ServiceUnavailableError', {
  implements: UserError,
  description: 'SERVICE_UNAVAILABLE. Remedy: RETRY_LATER: send the same request again after retryAfterSeconds.',
})
export class ServiceUnavailableError extends UserError {
  readonly __typename = 'ServiceUnavailableError';
}
