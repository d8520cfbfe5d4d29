import { randomBytes } from 'node:crypto';
import type { App, AppId } from '../domain/app.js';
import { Secret } from '../domain/secret.js';

/** The user of the first example. */
export const DEMO_USER = 'alice';

/** The simulator's one Mini Program: an appid that nobody takes for a real one, a secret of its own at every start. */
export function createDemoApp(): App {
  return { appId: 'wxde00000000000000' as AppId, secret: new Secret(randomBytes(16).toString('hex')) };
}
