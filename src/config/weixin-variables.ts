import { parseAppId } from '../domain/app.js';
import { fail, succeed } from '../domain/result.js';
import { choice, oneOf, port, secretFile, wholeNumber } from './parsers.js';
import { apiUrl, tokenUrl } from './url.js';
import { type Parser, variable } from './variable.js';
import { appsInFile, appsInText } from './weixin-apps.js';

const appId: Parser<NonNullable<ReturnType<typeof parseAppId>>> = {
  bounds: 'an appid: wx and 16 hexadecimal digits',
  parse: (text, { name }) => {
    const id = parseAppId(text);
    return id === undefined ? fail([`${name} must be an appid: wx and 16 hexadecimal digits.`]) : succeed(id);
  },
};

/** The Mini Programs, and how Weixin is called for them. */
export const weixinVariables = {
  weixin: {
    apps: variable('WEIXIN_APPS', appsInText, {
      meaning:
        'The Mini Programs that the gateway serves, each with its app secret, or the appid alone with `WEIXIN_COMPONENT_APP_ID`.',
      isSecret: true,
    }),
    appsFile: variable('WEIXIN_APPS_FILE', appsInFile, {
      meaning:
        'The Mini Programs in a JSON file, instead of `WEIXIN_APPS`; read anew when it changes and on SIGHUP, and a bad one is then logged and changes nothing.',
    }),
    simulator: variable('WEIXIN_SIMULATOR', oneOf('on', 'off'), {
      meaning:
        'Whether a simulator with a demo app stands in for Weixin, never in production; if unset, it does so without apps, on a loopback `HOST` and without `PROOF_KEY_FILE`.',
    }),
    simulatorPort: variable('WEIXIN_SIMULATOR_PORT', port, {
      meaning: 'Port of the simulator on 127.0.0.1; if unset, the one after `PORT`, or a free one.',
    }),
    api: variable('WEIXIN_API_URL', apiUrl, {
      default: 'https://api.weixin.qq.com',
      meaning: "Where Weixin's server API is, or a relay of it under any path; app secrets travel to it.",
    }),
    allowHttp: variable('WEIXIN_ALLOW_HTTP', choice({ on: true, off: false }), {
      default: 'off',
      meaning:
        '`on`: in production, too, `WEIXIN_API_URL` and the URLs of tokens may be plain http to other than loopback addresses, so that secrets cross that network in the clear.',
    }),
    tokenUrl: variable('WEIXIN_TOKEN_URL', tokenUrl, {
      meaning:
        'A server of your own that hands out access tokens, instead of `stable_token`; `{appid}` in it is replaced.',
      isSecret: true,
    }),
    tokenHeaderFile: variable('WEIXIN_TOKEN_HEADER_FILE', secretFile, {
      meaning:
        'A file with a header, `name: value`, for `WEIXIN_TOKEN_URL` and `WEIXIN_COMPONENT_TOKEN_URL`; read anew for each request.',
    }),
    componentAppId: variable('WEIXIN_COMPONENT_APP_ID', appId, {
      meaning:
        'The appid of a third-party platform to which the Mini Programs are authorized: logins go through it, and the apps need no secret.',
    }),
    componentTokenUrl: variable('WEIXIN_COMPONENT_TOKEN_URL', tokenUrl, {
      meaning:
        "Where the platform's component_access_token comes from; needed with `WEIXIN_COMPONENT_APP_ID`, while the Mini Programs' own tokens come from `WEIXIN_TOKEN_URL`.",
      isSecret: true,
    }),
    cloudTokenFile: variable('WEIXIN_CLOUD_TOKEN_FILE', secretFile, {
      meaning:
        'In Weixin Cloud Run, the file of the cloudbase_access_token, which is sent in place of access tokens; read anew for each call.',
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
