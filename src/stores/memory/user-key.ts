import type { User } from '../../domain/app.js';

/** One text for a user; neither part can hold the separator. */
export function userKey({ appId, openId }: User): string {
  return `${appId}:${openId}`;
}
