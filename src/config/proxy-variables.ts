import { succeed } from '../domain/result.js';
import { proxyUrl } from './url.js';
import { type Parser, variable } from './variable.js';

const hosts: Parser<string> = {
  bounds: 'host names, `.domains` and `host:port`, comma-separated; `*`',
  parse: (text) => succeed(text),
};

/** Proxies for calls of Weixin alone. Lower-case names work as well, as other programs have them. */
export const proxyVariables = {
  proxies: {
    https: variable('HTTPS_PROXY', proxyUrl, {
      meaning: 'A proxy for calls of Weixin over https, by CONNECT; it may hold a user name and a password.',
      alias: 'https_proxy',
      isSecret: true,
    }),
    http: variable('HTTP_PROXY', proxyUrl, {
      meaning: 'The same for calls over http, to a relay or a server of tokens.',
      alias: 'http_proxy',
      isSecret: true,
    }),
    none: variable('NO_PROXY', hosts, {
      meaning: 'Hosts that are called without a proxy; a domain covers the names under it.',
      alias: 'no_proxy',
    }),
  },
};
