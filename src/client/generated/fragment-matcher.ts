
      export interface IntrospectionResultData {
        __schema: {
          types: {
            kind: string;
            name: string;
            possibleTypes: {
              name: string;
            }[];
          }[];
        };
      }
      const result: IntrospectionResultData = {
  "__schema": {
    "types": [
      {
        "kind": "UNION",
        "name": "CheckSessionResult",
        "possibleTypes": [
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          },
          {
            "name": "SessionCheck"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "DecryptPhoneResult",
        "possibleTypes": [
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "InvalidWatermarkError"
          },
          {
            "name": "PhoneNumber"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "ExchangePhoneCodeResult",
        "possibleTypes": [
          {
            "name": "InvalidCodeError"
          },
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "InvalidWatermarkError"
          },
          {
            "name": "PhoneNumber"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "LoginResult",
        "possibleTypes": [
          {
            "name": "InvalidCodeError"
          },
          {
            "name": "LoginSuccess"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          },
          {
            "name": "UserBlockedError"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "LogoutResult",
        "possibleTypes": [
          {
            "name": "LogoutSuccess"
          },
          {
            "name": "ServiceUnavailableError"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "ResolveCloudPhoneResult",
        "possibleTypes": [
          {
            "name": "InvalidCodeError"
          },
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "InvalidWatermarkError"
          },
          {
            "name": "PhoneNumber"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          }
        ]
      },
      {
        "kind": "UNION",
        "name": "SessionResult",
        "possibleTypes": [
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "ServiceUnavailableError"
          },
          {
            "name": "Session"
          }
        ]
      },
      {
        "kind": "INTERFACE",
        "name": "UserError",
        "possibleTypes": [
          {
            "name": "InvalidCodeError"
          },
          {
            "name": "InvalidSessionError"
          },
          {
            "name": "InvalidWatermarkError"
          },
          {
            "name": "RateLimitedError"
          },
          {
            "name": "ServiceUnavailableError"
          },
          {
            "name": "UserBlockedError"
          }
        ]
      }
    ]
  }
};
      export default result;
    