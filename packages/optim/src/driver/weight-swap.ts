import type { Tensor, TensorOps } from '@nt/tensor';
import type { HostNumbers } from './host-state.ts';
import type { PlannedParameter } from './planned-parameter.ts';
import type { SlotStore } from './slot-store.ts';

/** Exchanges the trained weights for those to evaluate with, and back: the same bits, since a copy is kept meanwhile. */
export class WeightSwap<T extends Tensor> {
  readonly #ops: TensorOps<T>;
  readonly #trained = new Map<PlannedParameter<T>, T>();

  constructor(ops: TensorOps<T>) {
    this.#ops = ops;
  }

  swapIn(
    parameters: readonly PlannedParameter<T>[],
    slots: SlotStore<T>,
    numbers: ReadonlyMap<string, HostNumbers>,
  ): void {
    for (const parameter of parameters) {
      const value = this.#evaluationWeight(parameter, slots, numbers.get(parameter.info.name)!);
      if (!value) continue;
      this.#trained.set(parameter, this.#ops.keep(sameValues(this.#ops, parameter.variable)));
      parameter.variable.assign(value);
      this.#ops.dispose(value);
    }
  }

  swapOut(): void {
    for (const [{ variable }, trained] of this.#trained) {
      variable.assign(trained);
      this.#ops.dispose(trained);
    }
    this.#trained.clear();
  }

  #evaluationWeight(
    { info, variable, group }: PlannedParameter<T>,
    slots: SlotStore<T>,
    numbers: HostNumbers,
  ): T | undefined {
    const bound = group.evaluationRule();
    if (!bound) return undefined;
    const inputs = bound.rule.inputs.map(
      (name) => [name, name === 'weight' ? (variable as T) : slots.get(name, info.name)] as const,
    );
    // No update has had a gradient for it: there is nothing but the weight itself.
    if (inputs.some(([, tensor]) => tensor === undefined)) return undefined;
    const scalars = bound.rule.scalars.map((name) => {
      const source = bound.scalars.get(name) as { readonly step: number; readonly name: string };
      return [name, numbers[source.step]![source.name]!] as const;
    });
    return this.#ops.elementwise(
      bound.rule,
      Object.fromEntries(inputs) as Record<string, T>,
      Object.fromEntries(scalars),
    )['value'];
  }
}

/** Without a copy where the engine can: the variable then comes back to its own memory, which recordings know. */
const sameValues = <T extends Tensor>(ops: TensorOps<T>, x: T): T => ops.reshape(x, x.shape);
