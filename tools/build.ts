import { rm } from 'node:fs/promises';
import { buildClient } from './build-client.js';
import { buildGateway } from './build-gateway.js';
import { buildPlayground } from './build-playground.js';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Writes dist: the gateway, the client's package and the playground. Names of chunks change with their content, so old
 * ones are removed first.
 */

await rm(new URL('dist/', PACKAGE_ROOT), { recursive: true, force: true });
await Promise.all([buildGateway(), buildClient(), buildPlayground()]);
