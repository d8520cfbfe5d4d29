import { unwatchFile, watchFile } from 'node:fs';
import { readAppsAgain } from '../config/weixin-apps.js';
import type { Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { ServedApps } from '../weixin/served-apps.js';

/** Interval between looks at the file. */
const LOOK_EVERY: Milliseconds = 1_000;
/** Faults of a bad file that its log line lists. */
const MAX_LISTED = 20;

export interface AppsFileOptions {
  /** Of WEIXIN_APPS_FILE. */
  readonly path: string;
  /** Whether apps may lack their secret. */
  readonly throughPlatform: boolean;
  readonly apps: ServedApps;
  readonly log: Log;
}

/** Takes in the file of the apps anew when it changes. A bad file changes nothing, and is logged once. */
export class AppsFile {
  readonly #options: AppsFileOptions;
  #reading: Promise<void> = Promise.resolve();
  readonly #onChange = () => void this.reread();

  constructor(options: AppsFileOptions) {
    this.#options = options;
  }

  /**
   * Looks at the file that the path leads to, again and again. Events of the file system would miss a file that is
   * replaced behind a symbolic link, as Kubernetes does, and changes of network file systems.
   */
  watch(): void {
    watchFile(this.#options.path, { interval: LOOK_EVERY, persistent: false }, this.#onChange);
  }

  close(): void {
    unwatchFile(this.#options.path, this.#onChange);
  }

  /** Reads the file now. Readings follow one another, so that the last one counts. */
  reread(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const { path, throughPlatform, apps, log } = this.#options;
    const read = await readAppsAgain(path, throughPlatform);
    if (!read.ok) {
      log.error({}, `WEIXIN_APPS_FILE changes nothing, because it is not usable: ${listed(read.failure)}`);
      return;
    }
    const { added, removed, changed } = apps.replace(read.value);
    log.info(
      {},
      `WEIXIN_APPS_FILE was read anew: apps added ${added}, removed ${removed}, with a new secret ${changed}`,
    );
  }
}

function listed(problems: readonly string[]): string {
  const more = problems.length - MAX_LISTED;
  return problems.slice(0, MAX_LISTED).join(' ') + (more > 0 ? ` And ${more} more.` : '');
}
