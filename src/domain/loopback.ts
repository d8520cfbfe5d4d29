/** Whether a host name or address is this machine's loopback interface. Brackets around an IPv6 address do not matter. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}

/** The host in a Host header (RFC 9110 section 7.2), without its port, in lower case. */
export function hostOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, '');
}
