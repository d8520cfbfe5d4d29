import { RedisRelay } from './redis-relay.js';

/** Keys that a script touches must be written so: `redis.call('GET', KEYS[1])`. */
const CALL = /redis\.call\('([A-Z]+)'(?:,\s*([^,)]+))?/g;

/**
 * A proxy in front of Redis as some clouds have it: it knows fewer commands, and takes scripts only if they name their keys
 * literally.
 *
 * @param refused commands, such as HELLO
 */
export async function refusingProxy(port: number, refused: readonly string[], hangsUp = false): Promise<RedisRelay> {
  const names = new Set(refused);
  return RedisRelay.to(port, (client, redis) => {
    let pending = Buffer.alloc(0);
    client.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      for (let command = firstCommand(pending); command !== undefined; command = firstCommand(pending)) {
        const isRefused = isUnknown(command.args, names);
        if (isRefused && hangsUp) client.destroy();
        // Redis itself says that it does not know the command, in its turn.
        redis.write(isRefused ? `*1\r\n$4\r\nNONE\r\n` : pending.subarray(0, command.length));
        pending = pending.subarray(command.length);
      }
    });
    redis.on('data', (bytes) => client.write(bytes));
  });
}

function isUnknown(args: readonly string[], refused: ReadonlySet<string>): boolean {
  const [name = '', second = ''] = args.map((arg) => arg.toUpperCase());
  if (refused.has(name) || refused.has(`${name} ${second}`)) return true;
  const script = name === 'EVAL' ? args[1] : name === 'SCRIPT' ? args[2] : undefined;
  if (script === undefined) return false;
  return [...script.matchAll(CALL)].some(([, command, key]) => command !== 'TIME' && !/^KEYS\[\d\]$/.test(key ?? ''));
}

/** The first whole command of these bytes, and how many of them it takes. */
function firstCommand(bytes: Buffer): { readonly args: readonly string[]; readonly length: number } | undefined {
  let at = 0;
  const line = () => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const text = bytes.toString('latin1', at + 1, end);
    at = end + 2;
    return Number(text);
  };
  const count = line();
  const args: string[] = [];
  for (let i = 0; count !== undefined && i < count; i += 1) {
    const length = line();
    if (length === undefined || bytes.length < at + length + 2) return undefined;
    args.push(bytes.toString('utf8', at, at + length));
    at += length + 2;
  }
  return count === undefined ? undefined : { args, length: at };
}
