import { Counter, Gauge, type Registry } from 'prom-client';
import type { Stores } from '../../stores/stores.js';

/** What the metrics ask the stores. */
export type ObservedStores = Pick<Stores, 'state' | 'hasNearCopies' | 'sessionsHeld' | 'unopenedRecords'>;

/** The state of the stores, which are asked at every scrape. */
export function storeMetrics(registry: Registry, stores: ObservedStores): void {
  const registers = [registry];
  const { sessionsHeld } = stores;
  const up: Gauge = new Gauge({
    name: 'gateway_store_up',
    help: '1 while the session store answers and takes writes, 0 while Redis is unreachable or refuses them.',
    registers,
    collect: () => up.set(stores.state() === 'up' ? 1 : 0),
  });
  const near: Gauge = new Gauge({
    name: 'gateway_store_near_copies',
    help: '1 while Redis tracks client-side copies for the gateway, 0 while every read asks it or the store is in the process.',
    registers,
    collect: () => near.set(stores.hasNearCopies?.() === true ? 1 : 0),
  });
  const unopened: Counter = new Counter({
    name: 'gateway_store_unopened_records_total',
    help: 'Records of Redis that opened under none of STORE_KEYS: others write under the same prefix, or a key was dropped too soon.',
    registers,
    collect: () => {
      unopened.reset();
      unopened.inc(stores.unopenedRecords());
    },
  });
  // With Redis there is no number: counting them would ask it for every key.
  if (sessionsHeld === undefined) return;
  const sessions: Gauge = new Gauge({
    name: 'gateway_sessions',
    help: 'Sessions held in this process; those that ended by themselves count until they are asked for or evicted. Not with Redis.',
    registers,
    collect: () => sessions.set(sessionsHeld().count),
  });
  new Gauge({
    name: 'gateway_sessions_max',
    help: 'SESSION_MAX: with so many, each login ends the least recently used session. Not with Redis.',
    registers,
  }).set(sessionsHeld().max);
}
