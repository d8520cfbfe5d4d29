import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a CA, of a server that is called `redis.test`, and of a client. */
export interface Certificates {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
}

/** What a redis-server serves TLS with, to clients that have a certificate, replicas and nodes of a cluster included. */
export function tlsArgs({ ca, server }: Certificates, port: number): string[] {
  return [
    ...['--tls-port', String(port), '--tls-cert-file', server.cert, '--tls-key-file', server.key],
    ...['--tls-ca-cert-file', ca, '--tls-auth-clients', 'yes', '--tls-replication', 'yes', '--tls-cluster', 'yes'],
  ];
}

/** What a gateway finds such a server with. */
export function tlsEnv({ ca, client }: Certificates): Record<string, string> {
  return {
    REDIS_TLS: 'on',
    REDIS_CA_FILE: ca,
    REDIS_CERT_FILE: client.cert,
    REDIS_KEY_FILE: client.key,
    REDIS_SERVER_NAME: 'redis.test',
  };
}

/** Makes certificates in this folder with openssl. */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    '/CN=test-ca',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  );
  const signed = (name: string, altName: string) => {
    const [key, request, cert, extensions] = ['key', 'csr', 'pem', 'ext'].map((end) => file(`${name}.${end}`)) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(extensions, `subjectAltName=${altName}\n`);
    openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
    const ca = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
    openssl('x509', '-req', '-in', request, ...ca, '-days', '2', '-extfile', extensions, '-out', cert);
    return { cert, key };
  };
  return {
    ca: file('ca.pem'),
    server: signed('redis.test', 'DNS:redis.test'),
    client: signed('gateway', 'DNS:gateway'),
  };
}
