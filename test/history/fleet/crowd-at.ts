import { setTimeout as delay } from 'node:timers/promises';
import { Crowd, type CrowdSize } from '../crowd.js';
import type { Told } from '../history.js';
import type { Seeded } from '../seeded.js';
import type { FleetUnderFire } from './fleet-under-fire.js';

/** Milliseconds at most between two requests of a client. */
const THINKING = 900;
/** How often a client gives up before its answer comes, and after how many milliseconds it always does. */
const IMPATIENT = 0.05;
const PATIENCE = 6_000;

/** Clients of real gateways, in real time. */
export function crowdAt(fleet: FleetUnderFire, seeded: Seeded, size: CrowdSize): Crowd {
  const giveUp = (time: number): Promise<Told> => delay(time, { told: 'nothing' }, { ref: false });
  return new Crowd(
    {
      seeded,
      recorder: fleet.recorder,
      phones: fleet.phones,
      doors: () => fleet.members.map(({ door }) => door),
      pause: (time) => delay(time),
      think: () => seeded.below(THINKING),
      deliver: (answer) => Promise.race([answer, giveUp(seeded.chance(IMPATIENT) ? seeded.below(50) : PATIENCE)]),
    },
    size,
  );
}
