import { setTimeout as delay } from 'node:timers/promises';
import type { MeasuredProcess } from './measured-process.js';
import { Servers } from './servers.js';
import { type Spread, spread } from './spread.js';

/** Milliseconds after the first answer until memory is read: what the start left behind may be collected by then. */
const SETTLED_AFTER = 2_000;

export interface Start {
  readonly server: string;
  /** Milliseconds from the command to the end of the first answer. */
  readonly firstAnswer: Spread;
  /** MiB of resident memory after it. */
  readonly idleMebibytes: Spread;
}

/**
 * Starts the gateway and the floor in turn.
 *
 * @param cores all there are: elsewhere nothing is bound to one of them
 */
export async function starts(cores: string | undefined, rounds: number): Promise<readonly Start[]> {
  const servers = new Servers(cores);
  const figures = () => ({ firstAnswer: [] as number[], idleMebibytes: [] as number[] });
  const contenders = [
    { server: 'floor: bare node:http', path: '/session', start: () => servers.floor(), ...figures() },
    { server: 'gateway, memory', path: '/graphql', start: () => servers.gateway(), ...figures() },
  ];
  try {
    // What they ask in Weixin's place is started with the first of them.
    await servers.floor();
    for (let round = 0; round < rounds; round += 1) {
      for (const { path, start, firstAnswer, idleMebibytes } of contenders) {
        const began = performance.now();
        const server = await start();
        await askForSession(server, path);
        firstAnswer.push(performance.now() - began);
        await delay(SETTLED_AFTER);
        idleMebibytes.push(server.residentBytes() / 2 ** 20);
        await server.stop();
      }
    }
  } finally {
    await servers.stop();
  }
  return contenders.map(({ server, firstAnswer, idleMebibytes }) => ({
    server,
    firstAnswer: spread(firstAnswer),
    idleMebibytes: spread(idleMebibytes),
  }));
}

async function askForSession({ url }: MeasuredProcess, path: string): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ session { __typename } }' }),
  });
  const { data } = (await answer.json()) as { data?: { session?: unknown } };
  if (data?.session === undefined) throw new Error(`The first answer of ${url} is not right.`);
}
