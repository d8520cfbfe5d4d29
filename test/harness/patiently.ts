import { setTimeout as delay } from 'node:timers/promises';

const PAUSE = 100;
const TRIES = 30;

/** Asks again where the answer is SERVICE_UNAVAILABLE, as a client is told to: a busy machine may miss a deadline. */
export async function patiently<T extends { readonly __typename: string }>(
  ask: () => Promise<T>,
  onUnavailable: () => void = () => undefined,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (answer.__typename !== 'ServiceUnavailableError' || tries === TRIES) return answer;
    onUnavailable();
    await delay(PAUSE);
  }
}
