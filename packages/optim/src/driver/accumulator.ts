import type { Tensor, TensorOps } from '@nt/tensor';
import { addScaled, bothOpen, copyTensor, scaleTensor } from '../small-rules.ts';

/** Sums the gradients of micro-batches until an update takes their mean. Owns its sums and gate. */
export class Accumulator<T extends Tensor> {
  readonly #ops: TensorOps<T>;
  readonly #sums = new Map<string, T>();
  #gate: number | T = 1;
  #count = 0;

  constructor(ops: TensorOps<T>) {
    this.#ops = ops;
  }

  get count(): number {
    return this.#count;
  }

  get sums(): ReadonlyMap<string, T> {
    return this.#sums;
  }

  /** One closed gate closes the whole update. */
  get gate(): number | T {
    return this.#gate;
  }

  add(gradients: ReadonlyMap<string, T>, scale: number | T | undefined, gate: number | T): void {
    for (const [name, gradient] of gradients) this.#sums.set(name, this.#ops.keep(this.#sum(name, gradient, scale)));
    this.setGate(bothOpen(this.#ops, this.#gate, gate), gate);
    this.#count++;
  }

  #sum(name: string, gradient: T, scale: number | T | undefined): T {
    const before = this.#sums.get(name);
    if (!before) return scale === undefined ? copyTensor(this.#ops, gradient) : scaleTensor(this.#ops, gradient, scale);
    const sum = addScaled(this.#ops, before, gradient, scale ?? 1);
    this.#ops.dispose(before);
    return sum;
  }

  /** `callers` is a tensor that must be copied before it is kept. */
  setGate(gate: number | T, callers?: number | T): void {
    const before = this.#gate;
    if (gate === before) return;
    this.#gate =
      typeof gate === 'number' ? gate : this.#ops.keep(gate === callers ? copyTensor(this.#ops, gate) : gate);
    if (typeof before !== 'number') this.#ops.dispose(before);
  }

  /** What a snapshot held; takes the tensors over. */
  restore(sums: ReadonlyMap<string, T>, count: number, gate: number): void {
    this.clear();
    for (const [name, sum] of sums) this.#sums.set(name, this.#ops.keep(sum));
    this.#count = count;
    this.#gate = gate;
  }

  clear(): void {
    this.#ops.dispose([...this.#sums.values()]);
    this.#sums.clear();
    this.setGate(1);
    this.#count = 0;
  }
}
