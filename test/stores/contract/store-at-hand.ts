import type { Milliseconds } from '../../../src/domain/clock.js';

/** A fresh, empty store in the hands of a contract suite. */
export interface StoreAtHand<Store> {
  readonly store: Store;
  /** Moves the store's own time, wherever that comes from. */
  advance(by: Milliseconds): Promise<void>;
  close(): Promise<void>;
}

/** Makes a store for one test. */
export type MakeStore<Store, Options> = (options: Options) => Promise<StoreAtHand<Store>>;
