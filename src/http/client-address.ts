import type { FastifyRequest } from 'fastify';
import { type ClientAddress, parseClientAddress, UNKNOWN_ADDRESS } from '../domain/client-address.js';

/**
 * Who sent a request, as far as the trusted proxies tell (TRUST_PROXY): each appends the address that it was called from to
 * X-Forwarded-For, so what a client wrote there itself stands further to the left than anybody looks. Where a trusted proxy
 * wrote no address, its own is taken: nothing that a client makes up is ever counted by.
 */
export function clientAddress({ ip, socket }: FastifyRequest): ClientAddress {
  // A connection that is gone has no address any more, whatever the type says.
  for (const text of [ip, socket.remoteAddress] as (string | undefined)[]) {
    const address = text === undefined ? undefined : parseClientAddress(text);
    if (address !== undefined) return address;
  }
  return UNKNOWN_ADDRESS;
}
