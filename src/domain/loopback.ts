import { isIP } from 'node:net';

/** Whether a host name or address is this machine's loopback interface. Brackets around an IPv6 address do not matter. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/** The host in a Host header (RFC 9110 section 7.2), without its port, in lower case. */
export function hostOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, '');
}
