/**
 * The soak: `npm run soak -- [--sessions N] [--minutes N] [--churn SECONDS] [--out FILE]`, in the folder of the package, after a build.
 *
 * One gateway in memory takes as many logins a second as the goal says until it is full of sessions, and then goes on so,
 * while each drops a session that was used least recently. Every session is a real login over HTTP; no store is filled
 * from the inside. Where the minutes are over before it is full, the report says how far it came.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figure, record } from '../report/figure.js';
import { figureTable } from '../report/markdown.js';
import { shareOutCores } from './cores.js';
import { LoopStalls } from './loop-stalls.js';
import { type LoginRun, NewUsers } from './new-users.js';
import { freePort } from '../harness/free-port.js';
import { Servers } from './servers.js';

/** What the gateway is to hold to, full. */
const GOALS = { residentMiB: 450, stallMs: 50, loginsPerSecond: 2_000 };
/** Of the goal, which is also the pace: the last logins end a little after the time in which they began. */
const IN_TIME = 0.99;

const { values: options } = parseArgs({
  options: {
    /** Of SESSION_MAX. */
    sessions: { type: 'string', default: '1000000' },
    /** How long filling may take. */
    minutes: { type: 'string', default: '12' },
    /** Seconds of logins once it is full. */
    churn: { type: 'string', default: '60' },
    /** Where the table goes, as Markdown. */
    out: { type: 'string' },
  },
});
const sessions = Number(options.sessions);
const tell = (progress: string) => process.stderr.write(`${progress}\n`);

const cores = shareOutCores();
if (cores === undefined) tell('The gateway shares its cores with the load: it is slower than it would be.');
const servers = new Servers(cores?.server);
try {
  const metricsPort = await freePort();
  const gateway = await servers.gateway({ SESSION_MAX: String(sessions), METRICS_PORT: String(metricsPort) });
  const empty = gateway.residentBytes();
  const stalls = new LoopStalls(metricsPort);
  const users = new NewUsers(gateway.url);

  const perSecond = GOALS.loginsPerSecond;
  const deadline = performance.now() + Number(options.minutes) * 60_000;
  const fill = await users.logIn({ count: sessions, deadline, perSecond, tell });
  const fillStall = await stalls.longest();
  const full = gateway.residentBytes();

  const churn = await users.logIn({
    count: perSecond * Number(options.churn),
    deadline: performance.now() + Number(options.churn) * 1_000,
    perSecond,
    tell,
  });
  const churnStall = await stalls.longest();
  const resident = gateway.residentBytes();
  const held = await users.held(sessions / 2);
  const memory = { atMost: GOALS.residentMiB, unit: 'MiB' };
  const stall = { atMost: GOALS.stallMs, unit: 'ms' };
  const logins = { atLeast: IN_TIME * GOALS.loginsPerSecond, unit: 'a second' };
  const figures: readonly Figure[] = [
    { what: 'sessions held, told from every hundredth', measured: held, unit: `of ${sessions}` },
    { what: 'resident, empty', measured: mebibytes(empty), unit: 'MiB' },
    { what: 'resident, after the last of the first logins', measured: mebibytes(full), ...memory },
    { what: 'resident, after the churn', measured: mebibytes(resident), ...memory },
    { what: 'logins while filling', measured: rate(fill), ...logins },
    { what: 'longest stall while filling', measured: fillStall.own, ...stall },
    { what: 'the same with standstills of the machine', measured: fillStall.told, unit: 'ms' },
    { what: 'logins while full', measured: rate(churn), ...logins },
    { what: 'longest stall while full', measured: churnStall.own, ...stall },
    { what: 'the same with standstills of the machine', measured: churnStall.told, unit: 'ms' },
    { what: 'sessions dropped for newer ones', measured: users.count - held, unit: '' },
    { what: 'p50 of a login while full', measured: churn.p50, unit: 'ms' },
    { what: 'p99 of a login while full', measured: churn.p99, unit: 'ms' },
  ];
  for (const figure of figures) record(figure);
  const text = `${figureTable(figures)}\n`;
  await Promise.all([users.close(), stalls.stop()]);
  process.stdout.write(text);
  if (options.out !== undefined) writeFileSync(options.out, text);
} finally {
  await servers.stop();
}

function mebibytes(bytes: number): number {
  return bytes / 2 ** 20;
}

/** Logins a second; a run that is paced stays a few below its pace. */
function rate({ count, milliseconds }: LoginRun): number {
  return count / (milliseconds / 1_000);
}
