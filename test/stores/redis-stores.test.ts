import { describeRedisStores } from './contract/redis-stores.js';

/** Milliseconds: a cluster takes some seconds to start. */
jest.setTimeout(60_000);

/* Every suite over every deployment is in test/faults/redis-stores.faults.ts. */
describeRedisStores('one node');
describeRedisStores('TLS with client certificates, an ACL user with the least rights, a database and a prefix');
describeRedisStores('a proxy that knows neither HELLO nor CLIENT', true);
describeRedisStores('Sentinel', true);
describeRedisStores('Cluster', true);
