import { LRUCache } from 'lru-cache';
import type { App, Apps } from '../domain/app.js';
import type { Clock, Instant } from '../domain/clock.js';
import type { Session } from '../domain/session.js';

/** Removals remembered; the least recent is forgotten. */
const MAX_REMOVALS = 10_000;

/** How many apps a new list brought. */
export interface AppChanges {
  readonly added: number;
  readonly removed: number;
  /** Apps with another secret. */
  readonly changed: number;
}

/** The Mini Programs that the gateway serves now: the list may be replaced while it runs. */
export class ServedApps implements Apps {
  readonly #clock: Clock;
  #apps: ReadonlyMap<string, App>;
  /** When an app was removed: its sessions of before have ended, also if it comes back. */
  readonly #removedAt = new LRUCache<string, Instant>({ max: MAX_REMOVALS });

  /** @param clock that of the sessions */
  constructor(apps: readonly App[], clock: Clock) {
    this.#clock = clock;
    this.#apps = byAppId(apps);
  }

  get size(): number {
    return this.#apps.size;
  }

  get(appId: string): App | undefined {
    return this.#apps.get(appId);
  }

  values(): MapIterator<App> {
    return this.#apps.values();
  }

  /** Whether a session is one of an app that is served, and was not removed since the session began. */
  covers({ appId, createdAt }: Pick<Session, 'appId' | 'createdAt'>): boolean {
    return this.#apps.has(appId) && createdAt > (this.#removedAt.get(appId) ?? -Infinity);
  }

  /** Serves these apps from now on, and no others. */
  replace(apps: readonly App[]): AppChanges {
    const before = this.#apps;
    this.#apps = byAppId(apps);
    const removed = [...before.keys()].filter((appId) => !this.#apps.has(appId));
    for (const appId of removed) this.#removedAt.set(appId, this.#clock.now());
    const kept = apps.filter(({ appId }) => before.has(appId));
    const changed = kept.filter(({ appId, secret }) => before.get(appId)?.secret?.reveal() !== secret?.reveal());
    return { added: this.#apps.size - kept.length, removed: removed.length, changed: changed.length };
  }
}

function byAppId(apps: readonly App[]): ReadonlyMap<string, App> {
  return new Map(apps.map((app) => [app.appId, app]));
}
