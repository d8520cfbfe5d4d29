
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "CheckSessionResult": [
      "InvalidSessionError",
      "RateLimitedError",
      "ServiceUnavailableError",
      "SessionCheck"
    ],
    "DecryptPhoneResult": [
      "InvalidSessionError",
      "InvalidWatermarkError",
      "PhoneNumber",
      "RateLimitedError",
      "ServiceUnavailableError"
    ],
    "ExchangePhoneCodeResult": [
      "InvalidCodeError",
      "InvalidSessionError",
      "InvalidWatermarkError",
      "PhoneNumber",
      "RateLimitedError",
      "ServiceUnavailableError"
    ],
    "LoginResult": [
      "InvalidCodeError",
      "LoginSuccess",
      "RateLimitedError",
      "ServiceUnavailableError",
      "UserBlockedError"
    ],
    "LogoutResult": [
      "LogoutSuccess",
      "ServiceUnavailableError"
    ],
    "ResolveCloudPhoneResult": [
      "InvalidCodeError",
      "InvalidSessionError",
      "InvalidWatermarkError",
      "PhoneNumber",
      "RateLimitedError",
      "ServiceUnavailableError"
    ],
    "SessionResult": [
      "InvalidSessionError",
      "ServiceUnavailableError",
      "Session"
    ],
    "UserError": [
      "InvalidCodeError",
      "InvalidSessionError",
      "InvalidWatermarkError",
      "RateLimitedError",
      "ServiceUnavailableError",
      "UserBlockedError"
    ]
  }
};
      export default result;
    