import { backendClientsInFile, backendClientsInText } from './backend-clients.js';
import { hostName, port } from './parsers.js';
import { originUrl } from './url.js';
import { variable } from './variable.js';

/** The door for your own back ends. */
export const backendVariables = {
  backend: {
    host: variable('BACKEND_HOST', hostName, {
      default: '127.0.0.1',
      meaning: 'Address that the door for your own back ends listens on.',
    }),
    port: variable('BACKEND_PORT', port, {
      meaning:
        'Port of the door for your own back ends: introspection, user signatures, ending sessions; if unset, there is none.',
    }),
    url: variable('BACKEND_URL', originUrl, {
      meaning:
        'Where your back ends reach that door, for `introspection_endpoint` in the metadata; if unset, `http://BACKEND_HOST:BACKEND_PORT`, and nothing for an address such as `0.0.0.0`.',
    }),
    clients: variable('BACKEND_CLIENTS', backendClientsInText, {
      meaning:
        'Your back ends that may use that door, each with its secret for HTTP Basic; needed with `BACKEND_PORT`.',
      isSecret: true,
    }),
    clientsFile: variable('BACKEND_CLIENTS_FILE', backendClientsInFile, {
      meaning: 'Your back ends in a JSON file, instead of `BACKEND_CLIENTS`.',
    }),
  },
};
