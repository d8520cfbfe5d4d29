import type { RedisObserver } from '../../domain/redis-observer.js';
import { refusedWith } from './refusal.js';

/** The answer to a command, of which the observer is told. */
export async function observed<T>(observer: RedisObserver, command: string, answer: Promise<T>): Promise<T> {
  const end = observer.command(command);
  try {
    const value = await answer;
    end();
    return value;
  } catch (error) {
    end(refusedWith(error) ?? 'lost');
    throw error;
  }
}

/** Tells the observer of a question that no near copy answers. */
export function observeMiss(observer: RedisObserver, answer: Promise<unknown>): void {
  observer.nearMiss();
  // The reader has the error.
  observed(observer, 'GET', answer).catch(() => undefined);
}
