declare const clientAddressBrand: unique symbol;

/** Key of the rate limits by address: an IPv4 address, or the /64 network of an IPv6 address. */
export type ClientAddress = string & { readonly [clientAddressBrand]: true };

/** Key if the client's address is unknown, because its connection is already closed. */
export const UNKNOWN_ADDRESS = 'unknown' as ClientAddress;

/** Length of the longest spelling: an IPv6 address in brackets, with a zone and a port. */
const MAX_LENGTH = 80;

/** `1.2.3.4:567` and `[::1]:567`, as some proxies write them. */
const WITH_PORT = /^(?:\[([^[\]]+)\]|([\d.]+))(?::\d{1,5})?$/;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * Parses an address into the key to count by; undefined if the text is not an address. An IPv4-mapped IPv6 address (RFC
 * 4291, 2.5.5.2) gives the IPv4 address, because one client may arrive either way. Of an IPv6 address only the first 64
 * bits count: a subscriber gets at least a /64 (RFC 6177) and may use any address in it.
 *
 * @param text from a socket or X-Forwarded-For; a port is ignored
 */
export function parseClientAddress(text: string): ClientAddress | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [, inBrackets, beforePort] = WITH_PORT.exec(text) ?? [];
  const address = inBrackets ?? beforePort ?? text;
  if (IPV4.test(address)) return address as ClientAddress;
  const groups = ipv6Groups(address);
  if (groups === undefined) return undefined;
  const [, , , , , mark, high = 0, low = 0] = groups;
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.') as ClientAddress;
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64` as ClientAddress;
}

/** The eight groups of an IPv6 address in any spelling; undefined if the text is none. */
function ipv6Groups(address: string): readonly number[] | undefined {
  const [withoutZone = ''] = address.split('%', 1);
  // The URL parser accepts every spelling (WHATWG URL, 3.5) and prints the canonical one: RFC 5952.
  if (!/^[\da-f:.]+$/i.test(withoutZone) || !URL.canParse(`http://[${withoutZone}]`)) return undefined;
  const [left = '', right] = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = [left, right ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  if (head === undefined || tail === undefined) return undefined;
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => parseInt(group, 16));
}
