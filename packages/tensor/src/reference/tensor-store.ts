import { TensorError } from '../tensor-error.ts';
import { type ReferenceOwner, ReferenceTensor, ReferenceVariable } from './reference-tensor.ts';
import { roundTo, type Storage } from './storage.ts';

/** Makes, counts and frees reference tensors; the scopes of `tidy` live here. */
export class TensorStore implements ReferenceOwner {
  readonly #storage: Storage;
  readonly #living = new Set<ReferenceTensor>();
  readonly #names = new Map<string, ReferenceVariable>();
  readonly #scopes: Set<ReferenceTensor>[] = [];
  #exact = false;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get tensors(): number {
    return this.#living.size;
  }

  get bytes(): number {
    let elements = 0;
    for (const tensor of this.#living) elements += tensor.values.length;
    return elements * 8;
  }

  /** A new tensor in the innermost scope; its values are rounded to the storage type in place. */
  make(shape: readonly number[], values: Float64Array, dtype: string = this.#storage): ReferenceTensor {
    if (dtype !== 'int32' && !this.#exact && this.#storage !== 'float64') {
      for (let i = 0; i < values.length; i++) values[i] = roundTo(this.#storage, values[i]!);
    }
    const tensor = new ReferenceTensor(this, [...shape], values, dtype);
    this.#living.add(tensor);
    this.#scopes.at(-1)?.add(tensor);
    return tensor;
  }

  makeVariable(initial: ReferenceTensor, name: string): ReferenceVariable {
    if (this.#names.has(name)) {
      throw new TensorError('tensor/name', `A variable named '${name}' is alive. Dispose it or choose another name.`, {
        name,
      });
    }
    const variable = new ReferenceVariable(this, initial, name);
    this.#living.add(variable);
    this.#names.set(name, variable);
    return variable;
  }

  release(tensor: ReferenceTensor): void {
    this.#living.delete(tensor);
    if (tensor instanceof ReferenceVariable) this.#names.delete(tensor.name);
  }

  keep(tensor: ReferenceTensor): void {
    for (const scope of this.#scopes) scope.delete(tensor);
  }

  tidy<Result>(f: () => Result): Result {
    const scope = new Set<ReferenceTensor>();
    const outer = this.#scopes.at(-1);
    this.#scopes.push(scope);
    try {
      const result = f();
      if (result instanceof Promise) {
        throw new TensorError(
          'tensor/option',
          'tidy: expected a synchronous function, got one that returns a promise.',
        );
      }
      visitTensors(result, (tensor) => {
        if (scope.delete(tensor)) outer?.add(tensor);
      });
      return result;
    } finally {
      this.#scopes.pop();
      for (const tensor of scope) tensor.dispose();
    }
  }

  /** Runs `f` without rounding, as central differences need. */
  exactly<Result>(f: () => Result): Result {
    const before = this.#exact;
    this.#exact = true;
    try {
      return f();
    } finally {
      this.#exact = before;
    }
  }

  disposeAll(): void {
    for (const tensor of [...this.#living]) tensor.dispose();
  }
}

function visitTensors(value: unknown, visit: (tensor: ReferenceTensor) => void): void {
  if (value instanceof ReferenceTensor) visit(value);
  else if (Array.isArray(value)) for (const item of value) visitTensors(item, visit);
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    for (const item of Object.values(value)) visitTensors(item, visit);
  }
}
