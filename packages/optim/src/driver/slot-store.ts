import type { Tensor, TensorOps } from '@nt/tensor';
import { copyTensor } from '../small-rules.ts';
import type { PlannedParameter } from './planned-parameter.ts';

/** The state: slot → parameter name → tensor. Owns its tensors. */
export class SlotStore<T extends Tensor> {
  readonly #ops: TensorOps<T>;
  readonly #slots = new Map<string, Map<string, T>>();

  constructor(ops: TensorOps<T>) {
    this.#ops = ops;
  }

  get isEmpty(): boolean {
    return this.#slots.size === 0;
  }

  get(slot: string, parameter: string): T | undefined {
    return this.#slots.get(slot)?.get(parameter);
  }

  /** Takes over `value`, frees what was there. */
  put(slot: string, parameter: string, value: T): void {
    const values = this.#slots.get(slot) ?? new Map<string, T>();
    this.#slots.set(slot, values);
    const before = values.get(parameter);
    if (before) this.#ops.dispose(before);
    values.set(parameter, this.#ops.keep(value));
  }

  /** Makes what is missing, as it is before the first update. */
  start(parameters: readonly PlannedParameter<T>[]): void {
    for (const { info, variable, group } of parameters) {
      for (const [slot, start] of group.slots) {
        if (this.get(slot, info.name)) continue;
        this.put(
          slot,
          info.name,
          start === 'weight' ? copyTensor(this.#ops, variable) : filled(this.#ops, info.shape, start),
        );
      }
    }
  }

  *entries(): Generator<readonly [slot: string, parameter: string, value: T]> {
    for (const [slot, values] of this.#slots) {
      for (const [parameter, value] of values) yield [slot, parameter, value];
    }
  }

  /** Adds all tensors to a list, in the order of `entries`: for every update, without a triple for each. */
  collect(tensors: T[]): void {
    for (const values of this.#slots.values()) for (const value of values.values()) tensors.push(value);
  }

  clear(): void {
    for (const [, , value] of this.entries()) this.#ops.dispose(value);
    this.#slots.clear();
  }
}

function filled<T extends Tensor>(ops: TensorOps<T>, shape: readonly number[], value: number): T {
  if (value === 0) return ops.zeros(shape);
  return ops.tensor(new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape);
}
