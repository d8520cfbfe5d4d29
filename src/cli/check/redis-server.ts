import type { RedisConfig } from '../../config/redis-config.js';
import type { RedisServers } from '../../domain/redis-settings.js';
import type { ExaminedServer } from '../../stores/redis/examined-server.js';
import { OLDEST_VERSION } from '../../stores/redis/inspection.js';
import { type Finding, failed, passed } from './finding.js';

/** What one server of Redis offers. */
export function serverFindings(server: ExaminedServer, redis: RedisConfig): readonly Finding[] {
  const tried = (what: string) => `Redis ${server.address}, ${what}`;
  return [
    connection(server, redis),
    ...commands(tried('commands'), server, redis),
    nearCopies(tried('near copies'), server, redis),
    answerTime(tried('time of an answer'), server, redis),
    policy(tried('maxmemory-policy'), server),
    ...marker(tried('STORE_KEYS'), server, redis),
  ];
}

function connection({ address, version }: ExaminedServer, { servers, tls }: RedisConfig): Finding {
  const tried = `Redis ${address}`;
  const where = `${roleIn(servers)}, ${tls === undefined ? 'without TLS' : 'over TLS'}`;
  if (version === undefined) return passed(tried, `${where}; it does not tell its version to this user`);
  const found = `${where}, version ${version.version}`;
  return version.isOld
    ? failed(tried, found, `Use Redis ${OLDEST_VERSION} or later, or Valkey.`)
    : passed(tried, found);
}

function roleIn(servers: RedisServers): string {
  switch (servers.kind) {
    case 'node':
      return 'one node';
    case 'sentinel':
      return `the master ${servers.name} of the sentinels`;
    case 'cluster':
      return 'a master of the cluster';
  }
}

/** One finding for each word that commands were refused with. */
function commands(tried: string, { refused }: ExaminedServer, { keyPrefix }: RedisConfig): readonly Finding[] {
  if (refused.length === 0) return [passed(tried, `all that the gateway uses are allowed on ${keyPrefix}*`)];
  const words = [...new Set(refused.map(({ word }) => word))];
  return words.map((word) => {
    const names = refused.filter((refusal) => refusal.word === word).map(({ command }) => command);
    return failed(tried, `${names.join(', ')} refused (${word})`, commandRemedy(word, keyPrefix));
  });
}

function commandRemedy(word: string, keyPrefix: string): string {
  switch (word) {
    case 'UNKNOWN_COMMAND':
      return `Use Redis ${OLDEST_VERSION} or later, or Valkey, without a proxy that leaves commands out.`;
    case 'NOPERM':
      return `Allow this user these commands, and the keys ~${keyPrefix}*, with ACL SETUSER.`;
    case 'MOVED':
      return 'This is a node of a cluster: set REDIS_CLUSTER instead of REDIS_URL.';
    case 'READONLY':
    case 'MASTERDOWN':
      return 'This is a replica: point REDIS_URL at the master, or set REDIS_SENTINELS.';
    case 'OOM':
      return 'Redis is full: raise its maxmemory.';
    case 'ERR':
      return "Scripts use the other refused commands too: mend those first, or look into Redis's own log.";
    default:
      return "Look into Redis's own log; the gateway needs every command.";
  }
}

function nearCopies(
  tried: string,
  { hasNearCopies, withoutNearBecause = 'unknown' }: ExaminedServer,
  { nearCopies: mode }: RedisConfig,
): Finding {
  if (mode === 'off') return passed(tried, 'off, so every read asks Redis');
  if (hasNearCopies) return passed(tried, 'the server tracks them');
  const found = `the server does not offer RESP3 and CLIENT TRACKING (${withoutNearBecause})`;
  return mode === 'on'
    ? failed(tried, found, 'Set REDIS_NEAR_COPIES=auto, or use a server that offers them: the start waits for one.')
    : passed(tried, `${found}, so every read asks Redis`);
}

function answerTime(tried: string, { time }: ExaminedServer, { timeout }: RedisConfig): Finding {
  if (time === undefined) return failed(tried, 'not measured, since TIME is refused', 'Allow this user TIME.');
  const took = `${time.roundTrip < 10 ? time.roundTrip.toFixed(1) : Math.round(time.roundTrip)} ms`;
  const found = `${took} of the ${timeout} ms of REDIS_TIMEOUT_MS`;
  return time.roundTrip > timeout / 2
    ? failed(tried, found, 'Raise REDIS_TIMEOUT_MS, or bring Redis nearer.')
    : passed(tried, found);
}

function policy(tried: string, { maxmemoryPolicy }: ExaminedServer): Finding {
  if (maxmemoryPolicy === undefined) {
    return passed(tried, 'not told to this user', 'See for yourself that it is noeviction.');
  }
  return maxmemoryPolicy === 'noeviction'
    ? passed(tried, maxmemoryPolicy)
    : failed(
        tried,
        maxmemoryPolicy,
        'Set it to noeviction: otherwise sessions end and used codes are forgotten at random.',
      );
}

function marker(tried: string, { marker: state }: ExaminedServer, { keyPrefix }: RedisConfig): readonly Finding[] {
  switch (state) {
    case undefined:
      return [];
    case 'none':
      return [passed(tried, `nothing is sealed under ${keyPrefix}* yet`)];
    case 'ours':
      return [passed(tried, `they open what is sealed under ${keyPrefix}*`)];
    case 'foreign':
      return [
        failed(
          tried,
          `what is under ${keyPrefix}* was sealed with other keys`,
          'Set another REDIS_KEY_PREFIX, or those keys; or delete the key `marker` under it if those sessions may be lost.',
        ),
      ];
  }
}
