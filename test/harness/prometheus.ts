import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { describeWith } from './describe-with.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** Where a Prometheus looks for the metrics of one instance. */
export interface Scraped {
  readonly job: string;
  readonly instance: string;
  /** As a gateway logs it, without the path. */
  readonly url: string;
}

/** A series of a query's answer. */
export interface PrometheusSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Seconds since 1970, and a number as a text: NaN if there was nothing to divide by. */
  readonly values: readonly (readonly [number, string])[];
}

/** The times of a range query, in seconds since 1970. */
export interface QueryRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface RuleGroups {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError?: string }[];
  }[];
}

/** A real Prometheus on a free port, with a folder of its own. */
export class PrometheusProcess {
  readonly #url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  #errorText = '';

  private constructor(port: number, folder: string) {
    this.#url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    const args = [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ];
    this.#child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errorText += text));
  }

  /** Scrapes and evaluates every second. @param ruleFiles paths from the project's root */
  static async start(scraped: readonly Scraped[], ruleFiles: readonly string[]): Promise<PrometheusProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const config = {
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: ruleFiles.map((file) => resolve(file)),
      // A configuration has a name of its own; the label of the job may be shared.
      scrape_configs: scraped.map(({ job, instance, url }) => ({
        job_name: instance,
        static_configs: [{ targets: [new URL(url).host], labels: { job, instance } }],
      })),
    };
    writeFileSync(join(folder, 'prometheus.yml'), stringify(config));
    const prometheus = new PrometheusProcess(await freePort(), folder);
    try {
      await until(
        () => prometheus.#isReady(),
        (isReady) => isReady,
        30_000,
      );
      return prometheus;
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
  }

  /** @throws if Prometheus refuses the query */
  async range(query: string, { start, end, step }: QueryRange): Promise<readonly PrometheusSeries[]> {
    const times = { start: String(start), end: String(end), step: String(step) };
    const { result } = await this.#ask<{ result: PrometheusSeries[] }>('query_range', { query, ...times });
    return result;
  }

  /** The same at one time. */
  async instant(query: string, time: number): Promise<readonly PrometheusSeries[]> {
    const { result } = await this.#ask<{
      result: { metric: PrometheusSeries['metric']; value: readonly [number, string] }[];
    }>('query', { query, time: String(time) });
    return result.map(({ metric, value }) => ({ metric, values: [value] }));
  }

  /** The values of a label, in the series of this selector. */
  labelValues(label: string, selector: string): Promise<readonly string[]> {
    return this.#ask<readonly string[]>(`label/${label}/values`, { 'match[]': selector });
  }

  /** Each rule with its health: "ok" once its query has been evaluated without an error. */
  async rules(): Promise<RuleGroups['groups'][number]['rules']> {
    return (await this.#ask<RuleGroups>('rules', {})).groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`prometheus ended: ${this.#errorText}`);
    return fetch(`${this.#url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async #ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
    const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
    if (status !== 'success') throw new Error(`Prometheus refuses ${JSON.stringify(parameters)}: ${error ?? status}`);
    return data;
  }
}

/** `describe` for tests that need Prometheus. */
export const describeWithPrometheus = describeWith(
  ['prometheus', '--version'],
  'prometheus is not installed (apt-get install prometheus): THE DASHBOARD IS NOT TRIED',
);
