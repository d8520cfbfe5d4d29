/** Makes something once for each object, however often it is asked for; kept as long as the object. */
export function oncePerObject<Of extends object, T>(make: (object: Of) => T): (object: Of) => T {
  const made = new WeakMap<Of, T>();
  return (object) => {
    const known = made.get(object);
    if (known !== undefined) return known;
    const value = make(object);
    made.set(object, value);
    return value;
  };
}
