import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../../src/domain/clock.js';
import type { Seeded } from '../seeded.js';
import type { FleetUnderFire } from './fleet-under-fire.js';

/** How long a thing stays broken at least, and how much longer at most. */
const SHORTEST: Milliseconds = 300;
const LONGER: Milliseconds = 2_500;

type Strike = (fleet: FleetUnderFire, seeded: Seeded) => Promise<void>;

const brokenFor = (seeded: Seeded) => delay(SHORTEST + seeded.below(LONGER));

/** What may happen to a fleet. */
export const strikes = {
  'a gateway is killed, and another one starts': async (fleet, seeded) => {
    const index = seeded.below(fleet.members.length);
    await fleet.members[index]?.gateway.process.kill();
    await brokenFor(seeded);
    await fleet.replace(index);
  },
  'a gateway is paused': async (fleet, seeded) => {
    const process = fleet.members[seeded.below(fleet.members.length)]?.gateway.process;
    process?.signal('SIGSTOP');
    await brokenFor(seeded);
    process?.signal('SIGCONT');
  },
  'the line of a gateway to Redis is dead': async (fleet, seeded) => {
    const line = fleet.members[seeded.below(fleet.members.length)]?.line;
    if (line === undefined) return;
    line.isDead = true;
    line.cut();
    await brokenFor(seeded);
    line.isDead = false;
    line.cut();
  },
  'a gateway hears nothing of Redis, which hears it': async (fleet, seeded) => {
    const line = fleet.members[seeded.below(fleet.members.length)]?.line;
    line?.hold();
    await brokenFor(seeded);
    line?.release();
  },
  'Redis is killed, and starts again from its log': async ({ redis }, seeded) => {
    await redis.signal('SIGKILL');
    await brokenFor(seeded);
    await redis.start();
  },
  'Redis is paused': async ({ redis }, seeded) => {
    await redis.signal('SIGSTOP');
    await brokenFor(seeded);
    await redis.signal('SIGCONT');
  },
} satisfies Record<string, Strike>;
