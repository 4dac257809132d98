import type { Tensor } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/** What a tensor needs from the store that counts it. */
export interface ReferenceOwner {
  release(tensor: ReferenceTensor): void;
}

/** A float64 array on the host. `values` may be read by tests; it throws once the tensor has been disposed. */
export class ReferenceTensor implements Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly #owner: ReferenceOwner;
  #values: Float64Array | undefined;

  constructor(owner: ReferenceOwner, shape: readonly number[], values: Float64Array, dtype: string) {
    this.shape = shape;
    this.dtype = dtype;
    this.#owner = owner;
    this.#values = values;
  }

  get isDisposed(): boolean {
    return this.#values === undefined;
  }

  get values(): Float64Array {
    if (this.#values) return this.#values;
    throw new TensorError(
      'tensor/disposed',
      `Tensor of shape [${this.shape}] was used after it had been disposed. Keep it (ops.keep) or return it from tidy.`,
      { shape: this.shape },
    );
  }

  async data(): Promise<Float64Array> {
    return this.values.slice();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.#values = undefined;
    this.#owner.release(this);
  }

  /** Replaces the values; only variables do this. */
  protected replace(values: Float64Array): void {
    this.#values = values;
  }
}

/** A reference tensor with a name whose values can be replaced. */
export class ReferenceVariable extends ReferenceTensor {
  readonly name: string;

  constructor(owner: ReferenceOwner, initial: ReferenceTensor, name: string) {
    super(owner, initial.shape, initial.values.slice(), initial.dtype);
    this.name = name;
  }

  /** Takes the values of a tensor of the same shape. */
  assign(value: ReferenceTensor): void {
    if (value.shape.join() !== this.shape.join()) {
      throw new TensorError(
        'tensor/shape',
        `Variable '${this.name}' has shape [${this.shape}] and cannot take a value of shape [${value.shape}].`,
        { name: this.name, expected: this.shape, received: value.shape },
      );
    }
    this.replace(value.values.slice());
  }

  /** Adds `change` to one element: how central differences look around. */
  nudge(index: number, change: number): void {
    const values = this.values;
    values[index] = values[index]! + change;
  }
}
