import { isIP } from 'node:net';

/** Errcodes about the address that a call came from. */
const OF_ADDRESSES: ReadonlySet<number> = new Set([40164, 89503, 89506, 89507]);
/** Weixin's messages are shorter. */
const MAX_MESSAGE = 500;

/**
 * The gateway's public address as Weixin saw it; undefined if the answer does not tell. The rest of errmsg is not used: it
 * could quote the request.
 * Source: answers as users report them, e.g. "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist".
 */
export function seenAddress(errcode: number, errmsg: unknown): string | undefined {
  if (typeof errmsg !== 'string' || !OF_ADDRESSES.has(errcode)) return undefined;
  const words = errmsg.slice(0, MAX_MESSAGE).split(/[\s,;()]+/);
  return words.find((word) => isIP(word) !== 0);
}
