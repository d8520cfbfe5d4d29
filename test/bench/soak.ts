/**
 * The soak: `npm run soak -- [--sessions N] [--minutes N] [--churn SECONDS] [--out FILE]`, in the folder of the package, after a build.
 *
 * One gateway in memory takes as many logins a second as the goal says until it is full of sessions, and then goes on so,
 * while each drops a session that was used least recently. Every session is a real login over HTTP; no store is filled
 * from the inside. Where the minutes are over before it is full, the report says how far it came.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shareOutCores } from './cores.js';
import { LoopStalls } from './loop-stalls.js';
import { type LoginRun, NewUsers } from './new-users.js';
import { freePort } from '../harness/free-port.js';
import { Servers } from './servers.js';

/** What the gateway is to hold to, full. */
const GOALS = { residentMiB: 450, stallMs: 50, loginsPerSecond: 2_000 };

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
  const text = table([
    ['sessions held, told from every hundredth', String(held), String(sessions)],
    ['resident, empty', mebibytes(empty), ''],
    ['resident, after the last of the first logins', mebibytes(full), `under ${GOALS.residentMiB} MiB`],
    ['resident, after the churn', mebibytes(resident), `under ${GOALS.residentMiB} MiB`],
    ['logins a second while filling', rate(fill), `${perSecond}`],
    ['longest stall while filling', `${fillStall.own} ms`, `under ${GOALS.stallMs} ms`],
    ['the same with standstills of the machine', `${fillStall.told} ms`, ''],
    ['logins a second while full', rate(churn), `${perSecond}`],
    ['longest stall while full', `${churnStall.own} ms`, `under ${GOALS.stallMs} ms`],
    ['the same with standstills of the machine', `${churnStall.told} ms`, ''],
    ['sessions dropped for newer ones', String(users.count - held), ''],
    ['p50, p99 of a login while full', `${churn.p50.toFixed(1)} ms, ${churn.p99.toFixed(1)} ms`, ''],
  ]);
  await Promise.all([users.close(), stalls.stop()]);
  process.stdout.write(text);
  if (options.out !== undefined) writeFileSync(options.out, text);
} finally {
  await servers.stop();
}

function table(rows: readonly (readonly [figure: string, measured: string, goal: string])[]): string {
  return [
    '| figure | measured | goal |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

function rate({ count, milliseconds }: LoginRun): string {
  return String(Math.round(count / (milliseconds / 1_000)));
}
