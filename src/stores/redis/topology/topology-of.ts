import type { Log } from '../../../domain/log.js';
import type { RedisObserver } from '../../../domain/redis-observer.js';
import type { RedisSettings } from '../../../domain/redis-settings.js';
import type { Deadlines } from '../deadlines.js';
import { Line } from '../line.js';
import { Cluster } from './cluster.js';
import { OneNode } from './one-node.js';
import { Sentinels } from './sentinels.js';
import type { Topology } from './topology.js';

export interface TopologyOptions {
  readonly settings: RedisSettings;
  readonly log: Log;
  readonly observer: RedisObserver;
  readonly maxNear: number;
  readonly deadlines: Deadlines;
}

/** The topology that the settings name; its lines connect by themselves. */
export function topologyOf(options: TopologyOptions): Topology {
  const { settings, deadlines } = options;
  const { servers } = settings;
  const single = { probeKey: () => `${settings.keyPrefix}probe`, isOfTopology: () => false };
  switch (servers.kind) {
    case 'node':
      return new OneNode(new Line({ ...options, ...single, address: async () => servers.node }));
    case 'sentinel': {
      const sentinels = new Sentinels(servers, settings, deadlines);
      return new OneNode(new Line({ ...options, ...single, address: () => sentinels.master() }), sentinels);
    }
    case 'cluster':
      return new Cluster({
        seeds: servers.nodes,
        settings,
        deadlines,
        newLine: ({ address, ...line }) => new Line({ ...options, ...line, address: async () => address }),
      });
  }
}
