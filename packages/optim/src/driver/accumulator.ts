import type { Tensor, TensorOps } from '@nt/tensor';
import { addScaled, bothOpen, copyTensor, replaceBy, scaleTensor } from '../small-rules.ts';

/**
 * Sums the gradients of micro-batches until an update takes their mean. Owns its sums and gate. Sums keep their memory from
 * update to update: a recorded update knows where they lie.
 */
export class Accumulator<T extends Tensor> {
  readonly #ops: TensorOps<T>;
  /** Of every parameter that has had a gradient; what it holds counts only for those of the running update. */
  readonly #memory = new Map<string, T>();
  readonly #members = new Set<string>();
  #gate: number | T = 1;
  #count = 0;

  constructor(ops: TensorOps<T>) {
    this.#ops = ops;
  }

  get count(): number {
    return this.#count;
  }

  get sums(): ReadonlyMap<string, T> {
    return new Map([...this.#members].map((name) => [name, this.#memory.get(name)!]));
  }

  /** One closed gate closes the whole update. */
  get gate(): number | T {
    return this.#gate;
  }

  add(gradients: ReadonlyMap<string, T>, scale: number | T | undefined, gate: number | T): void {
    for (const [name, gradient] of gradients) {
      this.#memory.set(name, this.#ops.keep(this.#sum(name, gradient, scale)));
      this.#members.add(name);
    }
    this.setGate(bothOpen(this.#ops, this.#gate, gate), gate);
    this.#count++;
  }

  #sum(name: string, gradient: T, scale: number | T | undefined): T {
    const ops = this.#ops;
    const before = this.#memory.get(name);
    if (before && this.#members.has(name)) return this.#freed(before, addScaled(ops, before, gradient, scale ?? 1));
    if (!before) return scale === undefined ? copyTensor(ops, gradient) : scaleTensor(ops, gradient, scale);
    const own = scale === undefined ? gradient : scaleTensor(ops, gradient, scale);
    return this.#freed(before, replaceBy(ops, before, own));
  }

  #freed(before: T, after: T): T {
    this.#ops.dispose(before);
    return after;
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
    this.dispose();
    for (const [name, sum] of sums) {
      this.#memory.set(name, this.#ops.keep(sum));
      this.#members.add(name);
    }
    this.#count = count;
    this.#gate = gate;
  }

  /** Begins the next update. */
  clear(): void {
    this.#members.clear();
    this.setGate(1);
    this.#count = 0;
  }

  dispose(): void {
    this.clear();
    this.#ops.dispose([...this.#memory.values()]);
    this.#memory.clear();
  }
}
