import { parseUser, type User } from '../../domain/app.js';
import { invalidRequest } from './backend-error.js';

/**
 * The user whom a request names.
 *
 * @throws BackendError if an id is malformed
 */
export function namedUser(given: { readonly appId: string; readonly openId: string }): User {
  const user = parseUser(given);
  if (user === undefined) throw invalidRequest('appId or openId is malformed.');
  return user;
}
