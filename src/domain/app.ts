import type { Secret } from './secret.js';

declare const appIdBrand: unique symbol;
declare const openIdBrand: unique symbol;

/** A Mini Program: `wx` and 16 lower-case hexadecimal digits. */
export type AppId = string & { readonly [appIdBrand]: true };

/** Id of a user in one Mini Program; the same person has another one in another Mini Program. */
export type OpenId = string & { readonly [openIdBrand]: true };

/** A Mini Program that this gateway serves. */
export interface App {
  readonly appId: AppId;
  /** undefined: its users log in through a third-party platform. */
  readonly secret: Secret | undefined;
}

/** A Mini Program that logs its users in itself. */
export interface AppWithSecret extends App {
  readonly secret: Secret;
}

/** The Mini Programs that this gateway serves now, by appid: they may change while it runs. */
export type Apps = Pick<ReadonlyMap<string, App>, 'get' | 'size' | 'values'>;

/** A user of a Mini Program: the owner of sessions and of a key ring. */
export interface User {
  readonly appId: AppId;
  readonly openId: OpenId;
}

/** Unique text for a user; neither part can contain the separator. */
export function userKey({ appId, openId }: User): string {
  return `${appId}:${openId}`;
}

const APP_ID = /^wx[0-9a-f]{16}$/;

/**
 * Weixin's openids are 28 characters of Base64url. Other lengths are accepted, so that a change at Weixin causes no
 * outage.
 */
const OPEN_ID = /^[A-Za-z0-9_-]{1,128}$/;

export function parseAppId(text: string): AppId | undefined {
  return APP_ID.test(text) ? (text as AppId) : undefined;
}

export function parseOpenId(text: string): OpenId | undefined {
  return OPEN_ID.test(text) ? (text as OpenId) : undefined;
}

/** The user that these texts name; undefined if one of them is malformed. */
export function parseUser(given: { readonly appId: string; readonly openId: string }): User | undefined {
  const appId = parseAppId(given.appId);
  const openId = parseOpenId(given.openId);
  return appId === undefined || openId === undefined ? undefined : { appId, openId };
}
