const counts = new WeakMap<object, number>();

/** A name for the variables of the next network on an engine: engines want unique ones among the living. */
export function nextScope(engine: object): string {
  const count = (counts.get(engine) ?? 0) + 1;
  counts.set(engine, count);
  return `forecaster-${count}/`;
}
