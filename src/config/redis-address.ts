import type { Address, HostAndPort } from '../domain/redis-settings.js';
import { fail, type Result, succeed } from '../domain/result.js';
import { Secret } from '../domain/secret.js';
import type { Parser } from './variable.js';

/** What a Redis URL says. */
export interface RedisUrl {
  readonly address: Address;
  readonly isTls: boolean;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly database: number | undefined;
}

const DEFAULT_PORT = 6379;
const MAX_PORT = 65_535;
/** What may stand in a user name or a password as it is; RFC 3986, section 3.2.1. */
const USERINFO = /^[A-Za-z0-9\-._~!$&'()*+,;=%]*$/;
const HOST = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253}))(?::(\d{1,5}))?$/;

/** A host with its port; undefined if the text is none. */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const [, six, name, digits] = HOST.exec(text) ?? [];
  const host = six ?? name;
  const port = digits === undefined ? DEFAULT_PORT : Number(digits);
  return host === undefined || port < 1 || port > MAX_PORT ? undefined : { host, port };
}

/** Hosts with their ports, comma-separated. */
export const hostsAndPorts: Parser<readonly HostAndPort[]> = {
  bounds: '`host:port[,host:port…]`',
  parse: (text, { name }) => {
    const nodes = text.split(',').map((entry) => parseHostAndPort(entry.trim()));
    const isNode = (node: HostAndPort | undefined): node is HostAndPort => node !== undefined;
    return nodes.every(isNode)
      ? succeed(nodes)
      : fail([`${name} must be host:port, comma-separated, without a scheme; [::1]:6379 for an IPv6 address.`]);
  },
};

export const redisUrl: Parser<RedisUrl> = {
  bounds: '`redis://…`, `rediss://…` or `unix:///path`',
  parse: (text, { name }) => {
    const result = parseRedisUrl(text);
    return result.ok ? result : fail(result.failure.map((problem) => `${name} ${problem}`));
  },
};

const SHAPE =
  'must be like redis://host:6379/0, rediss:// for TLS, or unix:///path; the port and the database are optional.';

/** Node's URL would take a password with an @ or a # for something else: this takes a URL only as it is meant. */
function parseRedisUrl(text: string): Result<RedisUrl, readonly string[]> {
  const [, scheme, rest = ''] = /^(redis|rediss|unix):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) return fail([SHAPE]);
  const at = rest.lastIndexOf('@');
  const userinfo = parseUserinfo(rest.slice(0, Math.max(0, at)));
  const [place = '', ...others] = rest.slice(at + 1).split(/[?#]/);
  const location = scheme === 'unix' ? parsePath(place) : parseLocation(place);
  const problems = [
    ...(userinfo.ok ? [] : [userinfo.failure]),
    ...(others.length > 0 ? ['must have no ? and no #: options are the variables REDIS_…'] : []),
    ...(location === undefined ? [SHAPE] : []),
  ];
  if (!userinfo.ok || location === undefined || problems.length > 0) return fail(problems);
  return succeed({ ...location, ...userinfo.value, isTls: scheme === 'rediss' });
}

function parsePath(place: string): Pick<RedisUrl, 'address' | 'database'> | undefined {
  return /^\/[^\0]+$/.test(place) ? { address: { path: place }, database: undefined } : undefined;
}

function parseLocation(place: string): Pick<RedisUrl, 'address' | 'database'> | undefined {
  const [, authority = '', database = ''] = /^([^/]*)(?:\/(\d{0,5}))?$/.exec(place) ?? [];
  const address = parseHostAndPort(authority);
  return address && { address, database: database === '' ? undefined : Number(database) };
}

function parseUserinfo(text: string): Result<Pick<RedisUrl, 'username' | 'password'>, string> {
  const [user = '', ...rest] = text.split(':');
  const password = rest.length === 0 ? '' : rest.join(':');
  const fields = [user, password].map((part) => (USERINFO.test(part) ? decoded(part) : undefined));
  const [username, plain] = fields;
  if (username === undefined || plain === undefined) {
    return fail(
      'must have its user name and its password percent-encoded (@ is %40, / is %2F), or REDIS_PASSWORD_FILE.',
    );
  }
  return succeed({ username: username || undefined, password: plain === '' ? undefined : new Secret(plain) });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
