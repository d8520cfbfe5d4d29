import { hostName, port } from './parsers.js';
import { nodeEnv } from './node-env.js';
import { variable } from './variable.js';

/** Mode and address of the gateway. */
export const serverVariables = {
  production: variable('NODE_ENV', nodeEnv, {
    default: 'development',
    meaning:
      '`production` turns the simulator, introspection, the explorers and stack traces off, as does any unknown value.',
  }),
  host: variable('HOST', hostName, {
    default: '127.0.0.1',
    productionDefault: '0.0.0.0',
    meaning: 'Address that the public endpoint listens on; `0.0.0.0` by default in production.',
  }),
  port: variable('PORT', port, {
    default: '4000',
    meaning: 'Port of the public endpoint; 0 takes a free one, and the log says which.',
  }),
};
