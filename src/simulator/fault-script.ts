import * as z from 'zod';

/** What an endpoint does instead of its work, or before it. */
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
 * `errcode`: that errcode. `item`: errcode 0, with this refusal inside the one item of getopendata. `status`: that HTTP status and no body. `body`: this text. `silence`: no answer at all.
 * `close`: the connection closes after the request was read. `delayMs`: the right answer, late.
 */
export type Fault = z.infer<typeof faultSchema>;

/** Faults that wait at one endpoint. */
const MAX_SCRIPTED = 10_000;

/** What to do wrong, in order, for each endpoint; and how often each endpoint was called. */
export class FaultScript {
  readonly #faults = new Map<string, Fault[]>();
  readonly #calls = new Map<string, number>();

  /** The next calls of this endpoint meet these faults, one each; the last of too many are dropped. */
  add(endpoint: string, faults: readonly Fault[]): void {
    this.#faults.set(endpoint, [...(this.#faults.get(endpoint) ?? []), ...faults].slice(0, MAX_SCRIPTED));
  }

  /** Drops what is scripted: everything works again. */
  clear(): void {
    this.#faults.clear();
  }

  /** Counts a call and tells what it meets. */
  next(endpoint: string): Fault | undefined {
    this.#calls.set(endpoint, this.calls(endpoint) + 1);
    return this.#faults.get(endpoint)?.shift();
  }

  /** How often this endpoint was called. */
  calls(endpoint: string): number {
    return this.#calls.get(endpoint) ?? 0;
  }
}
