import { Secret } from '../domain/secret.js';
import { fail, succeed } from '../domain/result.js';
import { choice, contentOf, oneOf, secretFile, wholeNumber } from './parsers.js';
import { hostsAndPorts, redisUrl } from './redis-address.js';
import { type Parser, variable } from './variable.js';

/** A text of one line, which is shown in no message. */
function line(what: string, pattern: RegExp): Parser<string> {
  return {
    bounds: what,
    parse: (text, { name }) => (pattern.test(text) ? succeed(text) : fail([`${name} must be ${what}.`])),
  };
}

const pem = (what: string, label: RegExp) =>
  contentOf(`a readable PEM file with ${what}`, 'a PEM file', (text) => (label.test(text) ? text : undefined));
const certificates = (what: string) => pem(what, /^-----BEGIN CERTIFICATE-----$/m);
const keyFile = contentOf('a readable PEM file with a private key', 'a PEM file', (text) =>
  /^-----BEGIN (?:EC |RSA )?PRIVATE KEY-----$/m.test(text) ? new Secret(text) : undefined,
);

/** A Redis or Valkey that several gateways share: one node, Sentinel or Cluster. */
export const redisVariables = {
  url: variable('REDIS_URL', redisUrl, {
    meaning:
      'One node of Redis or Valkey that several gateways share; without it, `REDIS_SENTINELS` or `REDIS_CLUSTER`, all state lives in this process.',
    isSecret: true,
  }),
  sentinels: variable('REDIS_SENTINELS', hostsAndPorts, {
    meaning: 'Sentinels that know the master, instead of `REDIS_URL`.',
  }),
  sentinelName: variable('REDIS_SENTINEL_NAME', line('a name of 1 to 256 visible characters', /^[\x21-\x7e]{1,256}$/), {
    meaning: 'The name that the sentinels have for the master; needed with `REDIS_SENTINELS`.',
  }),
  sentinelPasswordFile: variable('REDIS_SENTINEL_PASSWORD_FILE', secretFile, {
    meaning: 'The password of the sentinels themselves, read anew at each connection.',
  }),
  cluster: variable('REDIS_CLUSTER', hostsAndPorts, {
    meaning: 'Some nodes of a Redis Cluster, instead of `REDIS_URL`.',
  }),
  tls: variable('REDIS_TLS', choice({ on: true, off: false }), {
    default: 'off',
    meaning: '`on`: TLS to every server and sentinel; `rediss://` implies it.',
  }),
  ca: variable('REDIS_CA_FILE', certificates('certificates'), {
    meaning: 'Certificates that sign those of the servers, instead of the well-known ones.',
  }),
  cert: variable('REDIS_CERT_FILE', certificates("the gateway's certificate"), {
    meaning: "The gateway's own certificate, if the servers ask for one; needed with `REDIS_KEY_FILE`.",
  }),
  key: variable('REDIS_KEY_FILE', keyFile, {
    meaning: 'The private key of `REDIS_CERT_FILE`.',
  }),
  serverName: variable('REDIS_SERVER_NAME', line('a host name', /^[A-Za-z0-9.-]{1,253}$/), {
    meaning: "The name that the servers' certificates must have, if it is not the host that is connected to.",
  }),
  username: variable('REDIS_USERNAME', line('a name of 1 to 256 visible characters', /^[\x21-\x7e]{1,256}$/), {
    meaning: 'The ACL user, instead of in the URL; unset: the default user.',
  }),
  passwordFile: variable('REDIS_PASSWORD_FILE', secretFile, {
    meaning: 'The password, instead of in the URL; read anew at each connection, so that it can be rotated.',
  }),
  database: variable('REDIS_DATABASE', wholeNumber(0, 99_999), {
    meaning: 'The number of the database, instead of in the URL; a Cluster has only 0.',
  }),
  keyPrefix: variable('REDIS_KEY_PREFIX', line('1 to 64 letters, digits and : . _ / -', /^[A-Za-z0-9:._/-]{1,64}$/), {
    default: 'wpg:',
    meaning: 'In front of every key: environments that share a server need different ones.',
  }),
  timeout: variable('REDIS_TIMEOUT_MS', wholeNumber(10, 5_000), {
    default: '100',
    meaning: 'How long an answer of Redis may take; the writes of a login wait longer.',
  }),
  nearCopies: variable('REDIS_NEAR_COPIES', oneOf('auto', 'on', 'off'), {
    default: 'auto',
    meaning:
      '`auto`: a client-side cache if the server offers RESP3 and CLIENT TRACKING; `on`: the start waits for such a server; `off`: every read asks Redis.',
  }),
};
