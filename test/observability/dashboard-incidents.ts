import { setTimeout as delay } from 'node:timers/promises';
import { CODE_2_SESSION } from '../../src/simulator/named-faults.js';
import type { Fleet } from '../harness/fleet.js';
import { redisCommand } from '../harness/redis-command.js';

/** More than are asked in the time that a fault lasts. */
const FAULTS = 5_000;

/** What goes wrong, by the second in which it begins. */
export const INCIDENTS = [
  { at: 16, title: 'Weixin does not answer logins' },
  { at: 28, title: 'Weixin works again' },
  { at: 36, title: 'Weixin refuses the gateway (40164)' },
  { at: 44, title: 'Redis is silent, and ends' },
  { at: 52, title: 'Redis is back, empty' },
  { at: 60, title: 'Another program writes to Redis' },
] as const;

/** Lets Weixin, Redis and another program do what INCIDENTS says, while the fleet is under load. */
export async function runIncidents(fleet: Fleet): Promise<void> {
  const { simulator, redis } = fleet;
  const began = performance.now();
  const second = (at: number) => delay(at * 1000 - (performance.now() - began));
  const [silence, works, refusal, lost, back, foreign] = INCIDENTS;
  await second(silence.at);
  simulator.faults.add(CODE_2_SESSION, new Array<{ silence: true }>(FAULTS).fill({ silence: true }));
  await crowd(fleet);
  await second(works.at);
  simulator.faults.clear();
  await second(refusal.at);
  simulator.faults.add(CODE_2_SESSION, new Array<{ errcode: number }>(12).fill({ errcode: 40164 }));
  await second(lost.at);
  simulator.faults.clear();
  await redis.signal('SIGSTOP');
  await second(lost.at + 3);
  await redis.signal('SIGKILL');
  await second(back.at);
  await redis.start();
  await second(foreign.at);
  await copyRecords(fleet);
}

/** Many logins at once, of which each gateway has to turn some away. */
async function crowd(fleet: Fleet): Promise<void> {
  const login = (i: number) =>
    fleet
      .at(i % 2)
      .client()
      .login({ code: fleet.code(`crowd-${i}`) });
  await Promise.allSettled(Array.from({ length: 160 }, (_, i) => login(i)));
}

/** A record opens under its own key only, so that a copy of another session's does not. */
async function copyRecords({ redis }: Fleet): Promise<void> {
  const [first, ...others] = (await redisCommand(redis, 'KEYS', 'wpg:session:*')) as string[];
  if (first === undefined) throw new Error('Redis holds no session.');
  for (const other of others) await redisCommand(redis, 'COPY', first, other, 'REPLACE');
}
