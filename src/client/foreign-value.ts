/* Values of any shape, from Weixin, a network or a page's own JavaScript. A getter among them may throw. */

/** A member of anything; undefined if it has none. */
export function member(value: unknown, name: string): unknown {
  try {
    return (Object(value) as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** A member that is text; empty if it is anything else. */
export function textOf(value: unknown, name: string): string {
  const text = member(value, name);
  return typeof text === 'string' ? text : '';
}

/** A member that is a number, or text that reads as one; NaN if it is anything else. */
export function numberOf(value: unknown, name: string): number {
  const found = member(value, name);
  return typeof found === 'number' || typeof found === 'string' ? Number(found) : NaN;
}
