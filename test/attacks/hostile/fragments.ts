/** This many parts of a document. */
export const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');

/** This many fragments; the first is F0. */
export const fragments = (count: number, type: string, body: (i: number) => string) =>
  times(count, (i) => `fragment F${i} on ${type}{${body(i)}}`);
