import { uniformValues } from '@nt/tensor';
import type { Heap } from '../../heap/heap.ts';
import type { IndexedKernels } from '../indexed-and-integer-calls.ts';
import type {
  CopyCall,
  FillCall,
  FloatBlock,
  GemmCall,
  Kernels,
  PoolCall,
  PoolGradCall,
  RandomCall,
  ReduceCall,
  SoftmaxCall,
} from '../kernels.ts';
import type { RuleCall } from '../rule-call.ts';
import { jsGemm } from './js-gemm.ts';
import { jsIndexed } from './js-indexed.ts';
import { jsPool, jsPoolGrad } from './js-pool.ts';
import { jsRule } from './js-rule.ts';
import { walkStrides } from './walk-strides.ts';

type Combine = (a: number, b: number) => number;

/** How elements are reduced, and from where. */
const reductions: Readonly<Record<ReduceCall['kind'], readonly [Combine, number]>> = {
  sum: [(a, b) => a + b, 0],
  product: [(a, b) => a * b, 1],
  max: [Math.max, Number.NEGATIVE_INFINITY],
  min: [Math.min, Number.POSITIVE_INFINITY],
};

/** The same kernels in plain loops, for runtimes that load no WASM. One thread. */
export class JsKernels implements Kernels {
  readonly name = 'js';
  readonly indexed: IndexedKernels;
  readonly #heap: Heap;

  constructor(heap: Heap) {
    this.#heap = heap;
    this.indexed = jsIndexed(heap);
  }

  bfloat16(): 'none' {
    return 'none';
  }

  gemm(call: GemmCall): void {
    jsGemm(this.#heap.floats, call);
  }

  together<Result>(calls: () => Result): Result {
    return calls();
  }

  rule(call: RuleCall): void {
    jsRule(this.#heap, call);
  }

  copy(call: CopyCall): void {
    const { words } = this.#heap;
    const [to, from] = [call.destination / 4, call.source / 4];
    walkStrides(call.sizes, call.destinationStrides, call.sourceStrides, (destination, source) => {
      words[to + destination] = words[from + source]!;
    });
  }

  fill({ destination, count, bits }: FillCall): void {
    this.#heap.words.fill(bits, destination / 4, destination / 4 + count);
  }

  write(destination: number, values: Float32Array | Int32Array): void {
    const to = values instanceof Float32Array ? this.#heap.floats : this.#heap.ints;
    to.set(values, destination / 4);
  }

  reduce({ kind, source, destination, outer, count, inner, scale }: ReduceCall): void {
    const { floats } = this.#heap;
    const [combine, start] = reductions[kind];
    for (let i = 0; i < outer * inner; i++) {
      const first = source / 4 + Math.floor(i / inner) * count * inner + (i % inner);
      let total = start;
      for (let k = 0; k < count; k++) total = combine(total, floats[first + k * inner]!);
      floats[destination / 4 + i] = total * scale;
    }
  }

  sumOfSquares(tensors: readonly FloatBlock[], use: (sum: number) => void): void {
    let total = 0;
    for (const { offset, count } of tensors) {
      for (const x of this.#heap.floats.subarray(offset / 4, offset / 4 + count)) total += x * x;
    }
    use(total);
  }

  pool(call: PoolCall): void {
    jsPool(this.#heap.floats, call);
  }

  poolGrad(call: PoolGradCall): void {
    jsPoolGrad(this.#heap.floats, call);
  }

  random({ destination, count, key }: RandomCall): void {
    this.#heap.floats.set(uniformValues(count, key), destination / 4);
  }

  softmax({ x, out, rows, columns }: SoftmaxCall): void {
    for (let row = 0; row < rows; row++) {
      const start = x / 4 + row * columns;
      const values = this.#heap.floats.subarray(start, start + columns);
      const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
      const result = values.map((value) => Math.exp(value - largest) / sum);
      this.#heap.floats.set(result, out / 4 + row * columns);
    }
  }
}
