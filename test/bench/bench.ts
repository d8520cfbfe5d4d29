/**
 * The benchmark: `npm run bench`, in the folder of the package, after a build. The full run leaves its figures and a plot in
 * docs/performance.md.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { record } from '../report/figure.js';
import { figureTable } from '../report/markdown.js';
import { compare, type Plan } from './comparison.js';
import { shareOutCores } from './cores.js';
import { goals } from './goals.js';
import { OPERATIONS } from './operations.js';
import { pair } from './pair.js';
import { plot } from './plot.js';
import { profile } from './profile.js';
import { redisCosts } from './redis-cost.js';
import { redisMemory } from './redis-memory.js';
import { writeFigures } from './performance-page.js';
import { markdown, type Report, type StoreMemory } from './report.js';
import { roundTrips } from './round-trips.js';
import { scale } from './scale.js';
import { hasRedis, ownScript, Servers } from './servers.js';
import { starts } from './starts.js';

const FULL: Plan = { users: 10_000, rounds: 4, seconds: 2, warmUpSeconds: 3 };
const QUICK: Plan = { users: 500, rounds: 1, seconds: 0.5, warmUpSeconds: 1.25 };
const PROFILE_FILE = 'bench.cpuprofile';
const PLOT_FILE = 'docs/pictures/decrypt-phone.svg';

const { values: options } = parseArgs({
  options: {
    /** About a minute; figures to look at, not to publish. */
    quick: { type: 'boolean', default: false },
    /** A CPU profile of this operation instead of the figures. */
    profile: { type: 'string' },
    /** With a profile: of a gateway with Redis. */
    redis: { type: 'boolean', default: false },
    /** Two gateways with one Redis against one, instead of the figures. */
    pair: { type: 'boolean', default: false },
    /** What more sessions, apps and keys cost, instead of the figures. */
    scale: { type: 'boolean', default: false },
    /** The dist/main.js of another version, for before and after in one run. */
    beside: { type: 'string' },
    /** Where the tables go, as Markdown, instead of into the page. */
    out: { type: 'string' },
  },
});

const tell = (progress: string) => process.stderr.write(`${progress}\n`);
const cores = shareOutCores();
if (cores === undefined) tell('The servers share their cores with the load: the figures are too low.');
if (!hasRedis()) tell('redis-server is not installed: there are no figures with Redis.');

const servers = new Servers(cores?.server);
try {
  if (options.profile !== undefined) {
    process.stdout.write(`${await profileText(options.profile)}\n`);
  } else if (options.pair) {
    process.stdout.write(`${await pair(servers, cores, tell)}\n`);
  } else if (options.scale) {
    process.stdout.write(`${await scale(servers, options.quick, tell)}\n`);
  } else {
    const report = await measure(options.quick);
    const text = markdown(report);
    process.stdout.write(`${text}\n`);
    const figures = goals(report, options.quick);
    for (const figure of figures) record(figure);
    tell(figureTable(figures));
    if (options.out !== undefined) writeFileSync(options.out, `${text}\n`);
    else if (!options.quick) publish(report, text);
  }
} finally {
  await servers.stop();
}

/** Into docs/performance.md, with the plot of the hot operation. */
function publish({ rows }: Report, text: string): void {
  const hot = rows.filter(({ operation }) => operation === 'decryptPhone');
  writeFileSync(PLOT_FILE, plot('decryptPhone: the gateway, its peers and the floor', hot));
  writeFigures(text);
}

async function measure(quick: boolean): Promise<Report> {
  const startedAt = performance.now();
  const report = {
    roundTrips: hasRedis() ? await roundTrips(servers, await servers.redis()) : [],
    redisCosts: hasRedis() && !quick ? await redisCosts(servers) : [],
    redisMemory: hasRedis() ? await redisMemory(servers, quick ? 2_000 : 20_000) : undefined,
    storeMemory: storeMemory(quick ? 50_000 : 100_000),
    starts: quick ? [] : await starts(cores && `${cores.server},${cores.others}`, 5),
    rows: await compare(servers, quick ? QUICK : FULL, { tell, beside: options.beside }),
  };
  tell(`${Math.round((performance.now() - startedAt) / 1000)} s in all`);
  return report;
}

function storeMemory(sessions: number): StoreMemory {
  const args = ['--expose-gc', ownScript('store-memory.js'), String(sessions)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as StoreMemory;
}

async function profileText(name: string): Promise<string> {
  const operation = OPERATIONS.find((known) => known === name);
  if (operation === undefined) throw new Error(`There is no ${name} among ${OPERATIONS.join(', ')}.`);
  const env = options.redis ? { REDIS_URL: `redis://127.0.0.1:${await servers.redis()}` } : {};
  const { packages, functions } = await profile(servers, operation, PROFILE_FILE, env);
  const lines = (times: typeof packages) => times.map(({ name, share }) => `${(share * 100).toFixed(1)} %  ${name}`);
  return ['Self time by package:', ...lines(packages), '', 'By function:', ...lines(functions)].join('\n');
}
