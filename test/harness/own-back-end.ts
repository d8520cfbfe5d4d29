import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';

interface Metadata {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly introspection_endpoint: string;
  readonly id_token_signing_alg_values_supported: string[];
}

export interface OwnBackEnd {
  readonly url: string;
  stop(): void;
}

/**
 * A team's own REST service. All that it knows of the gateway is the URL of its metadata, the appid of the Mini Program, and
 * its own credentials: GET /me takes a session proof and verifies it alone, GET /balance asks the gateway.
 */
export async function startOwnBackEnd(metadataUrl: string, appId: string, credentials: string): Promise<OwnBackEnd> {
  const metadata = (await (await fetch(metadataUrl)).json()) as Metadata;
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));

  async function provenUser(bearer: string): Promise<string | undefined> {
    const { payload } = await jwtVerify(bearer, keys, {
      issuer: metadata.issuer,
      audience: appId,
      typ: 'JWT',
      algorithms: metadata.id_token_signing_alg_values_supported,
      requiredClaims: ['sid'],
    });
    return payload.sub;
  }

  async function activeUser(token: string): Promise<string | undefined> {
    const answer = await fetch(metadata.introspection_endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: new URLSearchParams({ token }),
    });
    const { active, aud, sub } = (await answer.json()) as { active: boolean; aud?: string; sub?: string };
    return active && aud === appId ? sub : undefined;
  }

  async function userOf({ url, headers }: IncomingMessage): Promise<string | undefined> {
    const bearer = headers.authorization?.replace('Bearer ', '') ?? '';
    return url === '/me' ? provenUser(bearer) : activeUser(bearer);
  }

  const server = createServer((request, response) => {
    userOf(request).then(
      (user) => response.writeHead(user === undefined ? 401 : 200).end(user),
      () => response.writeHead(401).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() };
}
