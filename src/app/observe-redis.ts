import type { Metrics } from '../domain/metrics.js';
import type { RedisObserver } from '../domain/redis-observer.js';
import type { Tracing } from '../domain/tracing.js';

/** Measures and traces what Redis is asked. */
export function observeRedis(metrics: Metrics, tracing: Tracing): RedisObserver {
  return {
    command(name) {
      const span = tracing.redisCommand(name);
      const startedAt = performance.now();
      return (error) => {
        metrics.redisCommand(name, (performance.now() - startedAt) / 1000);
        span.end({ error });
      };
    },
    failed: (kind) => metrics.redisFailed(kind),
    connected: () => metrics.redisConnected(),
    nearRead: () => metrics.nearRead(),
    nearMiss: () => metrics.nearMiss(),
  };
}
