import { isJsonObject, type JsonObject } from '../../domain/json-object.js';
import { Secret } from '../../domain/secret.js';
import type { QuotaFailure } from '../weixin-api.js';
import { wholeNumber } from '../weixin-json.js';
import { type Endpoint, read, unreadable } from './endpoint.js';
import { ACCESS_TOKEN, type IssuedToken } from './stable-token.js';

/** Weixin's tokens live no longer, in seconds. */
const LONGEST_LIFE = 7_200;
/** Seconds for which a token without `expires_in` is held: its server has a cache of its own. */
const UNKNOWN_LIFE = 60;

/**
 * The answer of a server that hands out Weixin's tokens: `{"access_token", "expires_in"}`, or the same under `data`; the
 * token may be called `token`, and `expires_in` may be missing.
 * Source: the inner API of WeixinCloud/wxcloudrun-wxcomponent, which answers `{"code":0,"data":{"token"}}`.
 *
 * @param name the variable with the server's URL
 */
export function tokenAnswer(name: string): Endpoint<IssuedToken, QuotaFailure> {
  return {
    path: name,
    refusals: new Map(),
    parse(body) {
      const from: JsonObject = isJsonObject(body['data']) ? body['data'] : body;
      const { access_token: accessToken, token = accessToken, expires_in: life = UNKNOWN_LIFE } = from;
      if (typeof token !== 'string' || !ACCESS_TOKEN.test(token)) return unreadable('no access_token in the answer');
      const lifeSeconds = wholeNumber(life);
      if (lifeSeconds === undefined || lifeSeconds <= 0) return unreadable('expires_in is not a number of seconds');
      return read({ token: new Secret(token), lifeSeconds: Math.min(lifeSeconds, LONGEST_LIFE) });
    },
    refuse: (failure) => failure,
  };
}
