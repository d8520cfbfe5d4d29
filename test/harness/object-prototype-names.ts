/** The names that every object has without anybody having put them there, e.g. `toString`; all are names of GraphQL too. */
export const objectPrototypeNames: readonly string[] = Object.getOwnPropertyNames(Object.prototype);
