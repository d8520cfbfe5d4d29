declare const clientAddressBrand: unique symbol;

/** Whom a limit by address counts: an IPv4 address, or the network of an IPv6 one. */
export type ClientAddress = string & { readonly [clientAddressBrand]: true };

/** What is counted where nothing tells the client's address: its connection is gone by now. */
export const UNKNOWN_ADDRESS = 'unknown' as ClientAddress;

/** An IPv6 address in the longest way to write it, in brackets, with a zone and a port. */
const MAX_LENGTH = 80;

/** `1.2.3.4:567` and `[::1]:567`, as some proxies write them. */
const WITH_PORT = /^(?:\[([^[\]]+)\]|([\d.]+))(?::\d{1,5})?$/;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The address that is counted; undefined where the text is none. An IPv4 address mapped into IPv6 (RFC 4291, 2.5.5.2) is
 * that IPv4 address: one client may come either way. Of an IPv6 address the first 64 bits count, for that is the least that
 * one subscriber gets (RFC 6177), and they may use any address in it.
 *
 * @param text of a socket or of X-Forwarded-For; a port behind it does not matter
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

/** The eight groups of an IPv6 address, whichever way it is written. */
function ipv6Groups(address: string): readonly number[] | undefined {
  const [withoutZone = ''] = address.split('%', 1);
  // The URL parser knows every way to write one (WHATWG URL, 3.5), and writes them all alike: RFC 5952.
  if (!/^[\da-f:.]+$/i.test(withoutZone) || !URL.canParse(`http://[${withoutZone}]`)) return undefined;
  const [left = '', right] = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = [left, right ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  if (head === undefined || tail === undefined) return undefined;
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => parseInt(group, 16));
}
