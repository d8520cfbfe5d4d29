import { choice, oneOf, port, wholeNumber } from './parsers.js';
import { variable } from './variable.js';
import { appsInFile, appsInText } from './weixin-apps.js';
import { originUrl } from './url.js';

/** The Mini Programs, and how Weixin is called for them. */
export const weixinVariables = {
  weixin: {
    apps: variable('WEIXIN_APPS', appsInText, {
      meaning: 'The Mini Programs that the gateway serves, each with its app secret.',
      isSecret: true,
    }),
    appsFile: variable('WEIXIN_APPS_FILE', appsInFile, {
      meaning: 'The Mini Programs in a JSON file, instead of `WEIXIN_APPS`.',
    }),
    simulator: variable('WEIXIN_SIMULATOR', oneOf('on', 'off'), {
      meaning:
        'Whether a simulator with a demo app stands in for Weixin, never in production; if unset, it does so without apps, on a loopback `HOST` and without `PROOF_KEY_FILE`.',
    }),
    simulatorPort: variable('WEIXIN_SIMULATOR_PORT', port, {
      meaning: 'Port of the simulator on 127.0.0.1; if unset, the one after `PORT`, or a free one.',
    }),
    api: variable('WEIXIN_API_URL', originUrl, {
      default: 'https://api.weixin.qq.com',
      meaning:
        "Where Weixin's server API is; app secrets travel to it, so in production it is https or a loopback address.",
    }),
  },
  weixinTimeout: variable('WEIXIN_TIMEOUT_MS', wholeNumber(100, 60_000), {
    default: '2500',
    meaning: 'Deadline for all that one request waits for at Weixin, retries included.',
  }),
  weixinMaxInFlight: variable('WEIXIN_MAX_IN_FLIGHT', wholeNumber(1, 4096), {
    default: '256',
    meaning: 'Concurrent calls to Weixin; as many again wait for a place, and further ones are rejected at once.',
  }),
};

/** Checks of numbers with Weixin. */
export const originVariables = {
  verifyOrigin: variable('VERIFY_ORIGIN', choice({ never: false, always: true }), {
    default: 'never',
    meaning: '`always` asks Weixin for each decrypted number whether it issued the data, which is one more call each.',
  }),
  bindPhoneCodes: variable('PHONE_CODE_BINDING', choice({ openid: true, none: false }), {
    default: 'openid',
    meaning:
      '`openid` has Weixin check that the phone code is of the logged-in user; with `none` such numbers carry no proof.',
  }),
};
