import { randomBytes } from 'node:crypto';
import type { AppId, AppWithSecret } from '../domain/app.js';
import { Secret } from '../domain/secret.js';

/** User of the examples. */
export const DEMO_USER = 'alice';

/** Creates the simulator's Mini Program: an appid that is clearly not real, and a new secret at every start. */
export function createDemoApp(): AppWithSecret {
  return { appId: 'wxde00000000000000' as AppId, secret: new Secret(randomBytes(16).toString('hex')) };
}
