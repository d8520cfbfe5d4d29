import type { FastifyRequest } from 'fastify';
import { type ClientAddress, parseClientAddress, UNKNOWN_ADDRESS } from '../domain/client-address.js';

/**
 * Address of the client behind the trusted proxies (TRUST_PROXY). Each proxy appends its caller's address to
 * X-Forwarded-For, so entries that the client wrote itself are further left and are never read. If a trusted proxy
 * wrote no valid address, the proxy's own address counts: a made-up address is never counted.
 */
export function clientAddress({ ip, socket }: FastifyRequest): ClientAddress {
  // A closed connection has no address, although its type says so.
  for (const text of [ip, socket.remoteAddress] as (string | undefined)[]) {
    const address = text === undefined ? undefined : parseClientAddress(text);
    if (address !== undefined) return address;
  }
  return UNKNOWN_ADDRESS;
}
