import type { Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import type { RedisSettings } from '../../domain/redis-settings.js';
import type { Line } from './line.js';
import { isMissing } from './refusal.js';
import type { Topology } from './topology/topology.js';

/** The fastest of so many answers tells how far away Redis is. */
const ANSWERS = 4;
/** Reasons of one outage that are written, each once. */
const MAX_REASONS = 8;

export interface StateReportOptions {
  readonly log: Log;
  readonly topology: Topology;
  readonly settings: RedisSettings;
}

/** Says in the log, once for each change, whether Redis is there, what it refuses, and what it does not offer. */
export class StateReport {
  readonly #options: StateReportOptions;
  /** What was said last: `up`, `lost`, or the refusal. */
  #said: string | undefined;
  /** Why Redis was out of reach, as said since it was up: a few words of the system and of the server. */
  readonly #saidReasons = new Set<string>();
  #saidNear: boolean | undefined;
  #saidSlow = false;
  readonly #roundTrips: Milliseconds[] = [];

  constructor(options: StateReportOptions) {
    this.#options = options;
  }

  look(isUp: boolean): void {
    if (isUp) {
      if (this.#said !== 'up') this.#options.log.info({}, 'Redis is there');
      this.#said = 'up';
      this.#saidReasons.clear();
      this.#nearCopies();
      this.#slowness();
    } else {
      this.#down();
    }
  }

  #down(): void {
    const { log, topology } = this.#options;
    const refusing = topology.lines.find(({ trouble }) => trouble !== undefined);
    if (refusing?.trouble !== undefined) {
      const { command, word } = refusing.trouble;
      const refusal = `${command} ${word}`;
      if (this.#said !== refusal) log.error({ command, reason: word, url: String(refusing) }, whatToDo(word));
      this.#said = refusal;
      return;
    }
    const lost = topology.lines.find(({ isAnswering }) => !isAnswering);
    // Something else than the servers is wrong, which has a line of its own.
    if (lost === undefined && topology.isComplete) return;
    const reason = lost?.reason ?? 'no node tells which one has which keys';
    // A connection that was lost may be refused later, for its password or by a certificate: that is news.
    if (this.#saidReasons.has(reason) || this.#saidReasons.size === MAX_REASONS) return;
    log.error({ reason, ...placeOf(lost) }, 'Redis is out of reach: answering SERVICE_UNAVAILABLE');
    this.#saidReasons.add(reason);
    this.#said = 'lost';
  }

  #nearCopies(): void {
    const { log, topology, settings } = this.#options;
    const without = topology.lines.find(({ hasNear }) => !hasNear);
    const hasNear = without === undefined;
    if (settings.nearCopies !== 'off' && this.#saidNear !== hasNear) {
      if (!hasNear) {
        log.warn(
          { reason: without.withoutNearBecause ?? 'unknown' },
          'Redis offers no client-side caching (RESP3 and CLIENT TRACKING): every read asks it',
        );
      } else if (this.#saidNear === false) log.info({}, 'Redis offers client-side caching again');
    }
    this.#saidNear = hasNear;
  }

  /** At such a distance a little more delay makes every command fail. */
  #slowness(): void {
    const { log, topology, settings } = this.#options;
    this.#roundTrips.push(Math.max(...topology.lines.map(({ roundTrip }) => roundTrip)));
    if (this.#roundTrips.length > ANSWERS) this.#roundTrips.shift();
    const fastest = Math.min(...this.#roundTrips);
    const isSlow = fastest > settings.timeout / 2;
    if (isSlow && !this.#saidSlow) {
      log.warn(
        { reason: `${Math.round(fastest)} ms` },
        'Redis answers so late that commands are near REDIS_TIMEOUT_MS: raise it, or bring Redis nearer',
      );
    }
    this.#saidSlow = isSlow;
  }
}

function placeOf(line: Line | undefined): { readonly url?: string } {
  return line?.address === undefined ? {} : { url: String(line) };
}

function whatToDo(word: string): string {
  if (isMissing(word))
    return 'Redis lacks this command, or does not allow it to this user: answering SERVICE_UNAVAILABLE';
  if (word === 'MOVED') return 'Redis is a cluster: set REDIS_CLUSTER instead of REDIS_URL';
  return 'Redis refuses commands: answering SERVICE_UNAVAILABLE until writes work';
}
