import * as z from 'zod';

/** Fault of an endpoint, instead of its work or before it. */
export const faultSchema = z.union([
  z.strictObject({ errcode: z.int() }),
  z.strictObject({ item: z.strictObject({ errCode: z.int(), errMsg: z.string().max(200).optional() }) }),
  z.strictObject({ status: z.int().min(200).max(599) }),
  z.strictObject({ body: z.string().max(1_000_000) }),
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ close: z.literal(true) }),
  z.strictObject({ delayMs: z.int().min(0).max(60_000) }),
]);

/**
 * A fault. `errcode`: that errcode. `item`: errcode 0, with this refusal inside the item of getopendata. `status`: that
 * HTTP status and no body. `body`: this text. `silence`: no answer at all. `close`: the connection closes after the
 * request was read. `delayMs`: the right answer, late.
 */
export type Fault = z.infer<typeof faultSchema>;

/** Longest queue of one endpoint. */
const MAX_SCRIPTED = 10_000;

/** Queues of faults by endpoint, and the number of calls of each endpoint. */
export class FaultScript {
  readonly #faults = new Map<string, Fault[]>();
  readonly #calls = new Map<string, number>();

  /** Queues faults for the next calls of this endpoint, one per call; faults beyond the limit are dropped. */
  add(endpoint: string, faults: readonly Fault[]): void {
    this.#faults.set(endpoint, [...(this.#faults.get(endpoint) ?? []), ...faults].slice(0, MAX_SCRIPTED));
  }

  /** Drops all queued faults. */
  clear(): void {
    this.#faults.clear();
  }

  /** Counts a call and returns its fault, if any. */
  next(endpoint: string): Fault | undefined {
    this.#calls.set(endpoint, this.calls(endpoint) + 1);
    return this.#faults.get(endpoint)?.shift();
  }

  /** Number of calls of this endpoint. */
  calls(endpoint: string): number {
    return this.#calls.get(endpoint) ?? 0;
  }
}
