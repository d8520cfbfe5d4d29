import { deployments } from '../harness/redis-deployments.js';
import { describeRedisStores } from '../stores/contract/redis-stores.js';

/** Milliseconds: a cluster takes some seconds to start. */
jest.setTimeout(60_000);

for (const name of Object.keys(deployments)) describeRedisStores(name);
