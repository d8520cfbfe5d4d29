import type { Config } from '../../config/config.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import { type Finding, failed, passed } from './finding.js';

const TRIED = 'clock';
/** The Date header has whole seconds. */
const DATE_ROUNDED_BY: Milliseconds = 500;
/** Differences below this are not told apart from the way of an answer. */
const INEXACT_BY: Milliseconds = 2_000;

/** Compares the clock that the gateway goes by with the Date header of Weixin's answers. */
export class ClockComparison {
  readonly #clock: Clock;
  /** Weixin's time less ours, from the freshest answer: a cache on the way keeps an old Date. */
  #behind: Milliseconds | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param date of an answer that has just come */
  note(date: string): void {
    const behind = Date.parse(date) + DATE_ROUNDED_BY - this.#clock.now();
    if (Number.isNaN(behind)) return;
    this.#behind = Math.max(behind, this.#behind ?? -Infinity);
  }

  /** @param clockOf whose clock it is */
  finding(clockOf: string, { clockSkew, watermarkMaxAge }: Config): Finding {
    const behind = this.#behind;
    if (behind === undefined) {
      return passed(TRIED, 'not compared, since no answer of Weixin has a Date', 'Keep the clock synchronised.');
    }
    const off = Math.round(Math.abs(behind) / 1000);
    if (off <= 1) return passed(TRIED, `that of ${clockOf} is within 1 s of Weixin's`);
    const found = `that of ${clockOf} is ${off} s ${behind > 0 ? 'behind' : 'ahead of'} Weixin's`;
    const allowed = Math.max(INEXACT_BY, Math.min(clockSkew, watermarkMaxAge / 2));
    if (Math.abs(behind) <= allowed) return passed(TRIED, found);
    const effect = behind > 0 ? 'phone data would come from the future' : 'phone data would be too old';
    return failed(TRIED, `${found}: ${effect}`, 'Synchronise it, for instance with chrony or systemd-timesyncd.');
  }
}
