import { setTimeout as delay } from 'node:timers/promises';
import { CountingProxy } from './counting-proxy.js';
import { median } from './spread.js';
import { APP_ID } from './people.js';
import { decryptPhoneTask, isRight, type LoggedIn, loginTask, sessionTask, type Task, tokenIn } from './operations.js';
import type { Servers } from './servers.js';

/** How often each step is taken, without and with the delay; the shortest list of commands is the one without loading scripts. */
const TIMES = 5;
/** Long beside what a request takes by itself, short beside the deadline of a command. */
const HELD_BACK = 40;
const PATH = '/graphql';

/** What one request sends to Redis. */
export interface RoundTrips {
  readonly step: string;
  readonly commands: readonly string[];
  /** Round trips that the answer waited for, measured: how many times longer it took when each took HELD_BACK longer. */
  readonly awaited: number;
}

/** Requests one at a time, through a line that counts: what each sends, and how often it waits. */
export async function roundTrips(servers: Servers, redisPort: number): Promise<RoundTrips[]> {
  const proxy = await CountingProxy.start(redisPort);
  const gateway = await servers.gateway({ REDIS_URL: proxy.url });
  const seen = new Map<string, { commands: string[]; fast: number[]; slow: number[] }>();

  const take = async (step: string, task: Task): Promise<string> => {
    proxy.commands = [];
    const { method, path, headers, body } = task.request;
    const startedAt = performance.now();
    const answer = await (await fetch(new URL(path, gateway.url), { method, headers, body })).text();
    const took = performance.now() - startedAt;
    if (!isRight(answer, task)) throw new Error(`${step}: ${answer}`);
    // What nobody waited for has left the gateway by then, and so has the invalidation of near copies come back.
    await delay(20 + 2 * proxy.answerDelay);
    const known = seen.get(step) ?? { commands: proxy.commands, fast: [], slow: [] };
    // The first request of a kind loads its scripts.
    if (proxy.commands.length < known.commands.length) known.commands = proxy.commands;
    (proxy.answerDelay === 0 ? known.fast : known.slow).push(took);
    seen.set(step, known);
    return answer;
  };

  for (const held of [0, HELD_BACK]) {
    proxy.answerDelay = held;
    for (let i = 0; i < TIMES; i += 1) {
      const name = `counted-${held}-${i}`;
      const first = loginTask(PATH, name);
      const user: LoggedIn = { name, token: tokenIn(await take('login, a new user', first)), appId: APP_ID, key: 0 };
      await take('decryptPhone, the first after a login', decryptPhoneTask(PATH, user, false));
      await take('decryptPhone, near session', decryptPhoneTask(PATH, user, false));
      await take('decryptPhone with proof, near session', decryptPhoneTask(PATH, user, true));
      await take('session, near', sessionTask(PATH, user));
      await take('login, the same code again', first);
      await take('login, a known user', loginTask(PATH, name));
      await take('decryptPhone, after another login', decryptPhoneTask(PATH, user, false));
    }
  }
  await gateway.stop();
  proxy.close();
  return [...seen].map(([step, { commands, fast, slow }]) => ({
    step,
    commands,
    awaited: Math.round((median(slow) - median(fast)) / HELD_BACK),
  }));
}
