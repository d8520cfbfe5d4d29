import { Counter, Histogram, type Registry } from 'prom-client';
import type { Metrics } from '../../domain/metrics.js';
import { BoundedLabel } from './bounded-label.js';
import { REDIS_SECONDS } from './buckets.js';

/** Most kinds of errors; Redis has some twenty words for them. */
const MAX_KINDS = 50;

type RedisMetrics = Pick<Metrics, 'redisCommand' | 'redisFailed' | 'redisConnected' | 'nearRead' | 'nearMiss'>;

/** How Redis answers, and how often it is asked. */
export function redisMetrics(registry: Registry): RedisMetrics {
  const registers = [registry];
  const kinds = new BoundedLabel(MAX_KINDS);
  const commands = new Histogram({
    name: 'gateway_redis_command_seconds',
    help: 'Commands to Redis by name, scripts by theirs: from sending to the answer, late ones included.',
    labelNames: ['command'],
    buckets: REDIS_SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'gateway_redis_errors_total',
    help: 'Commands that failed: "late" (no answer within REDIS_TIMEOUT_MS), "lost" (with the connection), "not_sent" (no connection, or a silent one), or the word of the error reply, such as OOM.',
    labelNames: ['kind'],
    registers,
  });
  const connections = new Counter({
    name: 'gateway_redis_connections_total',
    help: 'Connections made to servers of Redis: one a server at the start, each further one after a loss.',
    registers,
  });
  const nearReads = new Counter({
    name: 'gateway_redis_near_reads_total',
    help: 'Reads that a near copy (client-side cache) may answer.',
    registers,
  });
  const nearMisses = new Counter({
    name: 'gateway_redis_near_misses_total',
    help: 'Reads among them that asked Redis, since there was no copy.',
    registers,
  });
  return {
    redisCommand: (command, seconds) => commands.observe({ command }, seconds),
    redisFailed: (kind) => errors.inc({ kind: kinds.label(kind) }),
    redisConnected: () => connections.inc(),
    nearRead: () => nearReads.inc(),
    nearMiss: () => nearMisses.inc(),
  };
}
