import type { Config } from '../../config/config.js';
import type { RedisConfig } from '../../config/redis-config.js';
import { StoreSeal } from '../../crypto/store-seal.js';
import { type Clock, type Milliseconds, systemClock } from '../../domain/clock.js';
import { examineRedis, type RedisExamination, type UnreachableServer } from '../../stores/redis/examination.js';
import type { ExaminedServer } from '../../stores/redis/examined-server.js';
import { type Finding, failed, passed } from './finding.js';
import { lineTrouble, type LineTrouble, troubleText } from './line-trouble.js';
import { serverFindings } from './redis-server.js';

export interface RedisCheck {
  readonly findings: readonly Finding[];
  /** The clock that the gateway goes by. */
  readonly clock: Clock;
  /** Whose clock that is. */
  readonly clockOf: string;
}

const OWN_CLOCK = { clock: systemClock, clockOf: 'this machine' };

/** Examines the servers of Redis, if there is one. */
export async function checkRedis({ redis }: Config): Promise<RedisCheck> {
  if (redis === undefined) {
    const advice = 'More than one instance needs REDIS_URL, REDIS_SENTINELS or REDIS_CLUSTER.';
    return { findings: [passed('Redis', 'none is set, so a restart forgets every session', advice)], ...OWN_CLOCK };
  }
  const { sealingKeys, ...settings } = redis;
  const examination = await examineRedis(settings, new StoreSeal(sealingKeys, settings.keyPrefix));
  const [first] = examination.servers.filter((server) => 'refused' in server);
  return { findings: findingsOf(examination, redis), ...clockFrom(first?.time?.clockOffset) };
}

function clockFrom(offset: Milliseconds | undefined): Pick<RedisCheck, 'clock' | 'clockOf'> {
  if (offset === undefined) return OWN_CLOCK;
  return { clock: { now: () => systemClock.now() + offset }, clockOf: 'Redis' };
}

function findingsOf({ servers, asked }: RedisExamination, redis: RedisConfig): readonly Finding[] {
  const unhelpful = asked.map((server) => withoutMaster(server, redis));
  return [...unhelpful, ...servers.flatMap((server) => findingsAbout(server, redis))];
}

function findingsAbout(server: ExaminedServer | UnreachableServer, redis: RedisConfig): readonly Finding[] {
  if ('refused' in server) return serverFindings(server, redis);
  const { address, reason = '' } = server;
  return [failed(`Redis ${address}`, troubleText(reason), LINE_REMEDIES[lineTrouble(reason)])];
}

function withoutMaster({ address, reason }: UnreachableServer, { servers }: RedisConfig): Finding {
  const tried = `Redis ${servers.kind === 'sentinel' ? 'sentinel' : 'cluster node'} ${address}`;
  if (reason !== undefined) return failed(tried, troubleText(reason), LINE_REMEDIES[lineTrouble(reason)]);
  return servers.kind === 'sentinel'
    ? failed(tried, `it names no master ${servers.name}`, 'Check REDIS_SENTINEL_NAME and REDIS_SENTINEL_PASSWORD_FILE.')
    : failed(
        tried,
        'it does not tell which nodes have the keys',
        'Check that the cluster is complete, or set REDIS_URL.',
      );
}

const LINE_REMEDIES: Readonly<Record<LineTrouble, string>> = {
  'no address': 'Check the host name, and the DNS of this machine.',
  refused: 'Check the address, and that Redis runs.',
  silent: 'Check the address, firewalls on the way, that Redis runs, and whether it expects TLS: REDIS_TLS, rediss://.',
  closed: 'Check the port, and whether it expects TLS: REDIS_TLS, rediss://.',
  certificate: 'Set REDIS_CA_FILE to the certificate of the CA that signed it.',
  'name in the certificate': 'Set REDIS_SERVER_NAME to the name in it.',
  login: 'Check REDIS_USERNAME and REDIS_PASSWORD_FILE, or those in REDIS_URL.',
  answer: 'Check that this is a Redis, and whether it expects TLS: REDIS_TLS, rediss://.',
};
