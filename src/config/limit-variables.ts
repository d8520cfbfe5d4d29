import { seconds, wholeNumber, YEAR } from './parsers.js';
import { variable } from './variable.js';

const requests = wholeNumber(1, 10_000_000);

/** Limits on failures, requests and load. */
export const limitVariables = {
  decryptFailureLimit: variable('DECRYPT_FAILURE_LIMIT', wholeNumber(1, 1_000_000), {
    default: '20',
    meaning: 'Documents that may fail under one session key in a window; after that, the key is not tried in it.',
  }),
  decryptFailureWindow: variable('DECRYPT_FAILURE_WINDOW_SECONDS', seconds(1, YEAR), {
    default: '3600',
    meaning: 'The window of `DECRYPT_FAILURE_LIMIT`.',
  }),
  /** Requests per minute. */
  rateLimits: {
    loginPerAddress: variable('LOGIN_LIMIT_PER_ADDRESS', requests, {
      default: '3000',
      meaning:
        'Login codes a minute that reach Weixin from one client address; an IPv6 /64 counts as one, and a carrier has thousands of phones behind one.',
    }),
    loginPerApp: variable('LOGIN_LIMIT_PER_APP', requests, {
      default: '60000',
      meaning: 'Login codes a minute that reach Weixin for one Mini Program; set it below your quota there.',
    }),
    weixinPerUser: variable('WEIXIN_LIMIT_PER_USER', requests, {
      default: '60',
      meaning: 'Calls to Weixin a minute that one logged-in user may cause; Weixin itself allows 100.',
    }),
    decryptPerUser: variable('DECRYPT_LIMIT_PER_USER', requests, {
      default: '120',
      meaning: 'Documents a minute, right or wrong, that one instance decrypts for one user.',
    }),
    backendPerClient: variable('BACKEND_LIMIT_PER_CLIENT', requests, {
      default: '60000',
      meaning: 'Requests a minute that one instance answers to one of your back ends.',
    }),
  },
  overload: {
    inFlight: variable('OVERLOAD_IN_FLIGHT', wholeNumber(1, 1_000_000), {
      default: '2000',
      meaning: 'Concurrent requests to the API; one more gets 503.',
    }),
    delay: variable('OVERLOAD_DELAY_MS', wholeNumber(10, 60_000), {
      default: '250',
      meaning: 'How long the requests that arrive together may take; the rest of them gets 503.',
    }),
  },
};
