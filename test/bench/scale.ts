import { Contender } from './contender.js';
import { load } from './load.js';
import { APP_ID } from './people.js';
import { table, withRange } from './report.js';
import type { Servers } from './servers.js';
import { type Spread, spread } from './spread.js';

/** A gateway with more of something. */
interface Scenario {
  readonly name: string;
  readonly sessions: number;
  readonly apps?: number;
  /** Keys in every user's ring. */
  readonly keys?: number;
}

const SCENARIOS: readonly Scenario[] = [
  { name: '1,000 sessions', sessions: 1_000 },
  { name: '100,000 sessions', sessions: 100_000 },
  { name: '1,000,000 sessions', sessions: 1_000_000 },
  { name: '10,000 sessions of 8 apps', sessions: 10_000, apps: 8 },
  { name: '10,000 sessions, rings of 2 keys', sessions: 10_000, keys: 2 },
  { name: '10,000 sessions, rings of 3 keys', sessions: 10_000, keys: 3 },
];
/** Sessions that take turns, of however many there are. */
const IN_TURN = 10_000;
const ROUNDS = 4;
const SECONDS = 2;

/** What decryptPhone costs as sessions, apps and keys grow, as a Markdown table: the rounds interleaved. */
export async function scale(servers: Servers, quick: boolean, tell: (progress: string) => void): Promise<string> {
  const contenders: Contender[] = [];
  for (const { name, sessions, apps = 1, keys = 1 } of SCENARIOS) {
    const appIds = Array.from({ length: apps }, (_, i) => `${APP_ID.slice(0, -1)}${i}`);
    const gateway = await servers.gateway({
      WEIXIN_APPS: appIds.map((appId) => `${appId}:${'0'.repeat(32)}`).join(','),
    });
    const contender = new Contender(name, gateway);
    const startedAt = performance.now();
    for (let key = 0; key < keys; key += 1)
      await contender.logIn(quick ? Math.min(sessions, 10_000) : sessions, appIds, key);
    tell(`${name}: logged in within ${Math.round((performance.now() - startedAt) / 1000)} s`);
    contenders.push(contender);
  }
  const cpu = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [contender, seen] of cpu) {
      const tasks = contender.tasks('decryptPhone', 0, IN_TURN);
      const one = await load(contender.process, tasks, { seconds: SECONDS, again: true });
      tell(`${contender.name}: ${one.cpu.toFixed(1)} µs, ${Math.round(one.perSecond)} a second`);
      // The first round warms up.
      if (round >= 0) seen.push(one.cpu);
    }
  }
  return scaleTable([...cpu].map(([contender, seen]) => ({ contender, cpu: spread(seen) })));
}

function scaleTable(rows: readonly { readonly contender: Contender; readonly cpu: Spread }[]): string {
  const [first] = rows;
  return table(
    ['decryptPhone with', 'CPU µs a request', 'of the first row', 'RSS MiB'],
    rows.map(({ contender, cpu }) => [
      contender.name,
      withRange(cpu, 1),
      (cpu.median / (first?.cpu.median ?? NaN)).toFixed(2),
      (contender.process.residentBytes() / 2 ** 20).toFixed(0),
    ]),
  );
}
