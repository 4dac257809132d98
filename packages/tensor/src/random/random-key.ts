/**
 * Names one stream of random numbers. The same key gives the same integers on every engine (Philox4x32-10), so a step
 * needs no generator state: pass a `counter` that is different for every call (`completedUpdates × calls + call`).
 */
export interface RandomKey {
  /** Integer in [0, 2⁵³). */
  readonly seed: number;
  /** Integer in [0, 2⁵³). */
  readonly counter: number;
}

/** The key itself, when a function gives it. */
export const keyOf = (key: RandomKey | (() => RandomKey)): RandomKey => (typeof key === 'function' ? key() : key);
