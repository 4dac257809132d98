import type { NetworkOps } from './network-ops.ts';
import type { Tensor } from './tensor.ts';

/** The same operations, each preceded by `check`, which throws when the engine may no longer be used. */
export function guardOps<T extends Tensor>(ops: NetworkOps<T>, check: () => void): NetworkOps<T> {
  const guarded = Object.entries(ops).map(([name, member]) => [
    name,
    (...parameters: unknown[]) => {
      check();
      return (member as (...parameters: unknown[]) => unknown)(...parameters);
    },
  ]);
  return Object.fromEntries(guarded) as NetworkOps<T>;
}
