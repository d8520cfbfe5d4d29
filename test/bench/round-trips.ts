import { RoundTripProxy, type RoundTrips } from '../harness/round-trip-proxy.js';
import {
  decryptPhoneTask,
  isRight,
  type LoggedIn,
  loginTask,
  logoutTask,
  sessionTask,
  type Task,
  tokenIn,
} from './operations.js';
import { APP_ID } from './people.js';
import type { Servers } from './servers.js';

const PATH = '/graphql';

/** What one request sends to Redis. */
export interface CountedStep extends RoundTrips {
  readonly step: string;
}

/** Requests one at a time, through a line that counts: what each sends, and how often it waits. */
export async function roundTrips(servers: Servers, redisPort: number): Promise<CountedStep[]> {
  const proxy = await RoundTripProxy.start(redisPort);
  const gateway = await servers.gateway({ REDIS_URL: proxy.url });
  const counted: CountedStep[] = [];

  const take = async (step: string, task: Task): Promise<string> => {
    const { answer, ...trips } = await proxy.count(async () => {
      const { method, path, headers, body } = task.request;
      return (await fetch(new URL(path, gateway.url), { method, headers, body })).text();
    });
    if (!isRight(answer, task)) throw new Error(`${step}: ${answer}`);
    if (step !== '') counted.push({ step, ...trips });
    return answer;
  };

  const name = 'counted';
  const first = loginTask(PATH, name);
  const user: LoggedIn = { name, token: tokenIn(await take('login, a new user', first)), appId: APP_ID, key: 0 };
  await take('decryptPhone, the first after a login', decryptPhoneTask(PATH, user, false));
  await take('decryptPhone, near session', decryptPhoneTask(PATH, user, false));
  await take('decryptPhone with proof, near session', decryptPhoneTask(PATH, user, true));
  await take('session, near', sessionTask(PATH, user));
  await take('login, the same code again', first);
  const again = { ...user, token: tokenIn(await take('login, a known user', loginTask(PATH, name))) };
  await take('decryptPhone, after another login', decryptPhoneTask(PATH, user, false));
  await take('session, not near', sessionTask(PATH, again));
  await take('logout', logoutTask(PATH, again, 1, false));
  for (let i = 0; i < 11; i += 1) await take('', loginTask(PATH, name));
  const last = tokenIn(await take('login, a user with ten sessions', loginTask(PATH, name)));
  await take('logout everywhere, of ten sessions', logoutTask(PATH, { ...user, token: last }, 10, true));
  await gateway.stop();
  proxy.close();
  return counted;
}
