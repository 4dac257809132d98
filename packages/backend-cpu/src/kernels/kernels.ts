import type { RandomKey } from '@nt/tensor';
import type { CommandRecorder, RecordedCommand } from '../capture/command-recorder.ts';
import type { IndexedKernels, IntegerKernels } from './indexed-and-integer-calls.ts';
import type { RuleCall } from './rule-call.ts';

/** The kernel sets, fastest first. */
export const kernelSetNames = [
  'native-avx512',
  'native-avx2',
  'native-sse2',
  'native-neon',
  'wasm-relaxed',
  'wasm',
  'js',
] as const;

/**
 * `native-…`: machine code for the instruction set named; `wasm-relaxed`: WASM with fused multiply-add; `wasm`: WASM
 * SIMD; `js`: plain JavaScript.
 */
export type KernelSetName = (typeof kernelSetNames)[number];

/** `slow`: the processor is quicker with float32's own. */
export type Bfloat16Instruction = 'quick' | 'slow' | 'none';

/** Operands of all kernels are byte offsets into the heap; shapes are dense and row-major unless strides are given. */
export interface Kernels {
  readonly name: KernelSetName;
  /** Whether there is an instruction for products of bfloat16, and whether it is the quicker way. `narrow` products use it if so. */
  bfloat16(): Bfloat16Instruction;
  /** c[i] = activation(a[i] · b[i] + bias) for each i < batch. */
  gemm(call: GemmCall): void;
  /**
   * Runs kernel calls that do not need each other's results, so that threads may carry them out at the same time. Not for
   * `sumOfSquares`, which waits, and `write`, which fills a command.
   */
  together<Result>(calls: () => Result): Result;
  /** Evaluates an elementwise program. */
  rule(call: RuleCall): void;
  /** Copies 4-byte elements between strided layouts. */
  copy(call: CopyCall): void;
  /** Sets 4-byte elements. */
  fill(call: FillCall): void;
  /** Copies elements of 4 bytes from JavaScript, without waiting for kernels that are still running. */
  write(destination: number, values: Float32Array | Int32Array): void;
  /** [outer, count, inner] → [outer, inner], times `scale`. */
  reduce(call: ReduceCall): void;
  /** Σ x² over several tensors, in double precision and in a fixed order; `use` is called before it returns. */
  sumOfSquares(tensors: readonly FloatBlock[], use: (sum: number) => void): void;
  /** 1-D pooling with ceil mode. */
  pool(call: PoolCall): void;
  /** dx from dy and x. */
  poolGrad(call: PoolGradCall): void;
  /** Uniform numbers in [0, 1), as `randomUniform` of @nt/tensor. */
  random(call: RandomCall): void;
  /** Softmax of rows. */
  softmax(call: SoftmaxCall): void;
  /** Who is told of every command; not in the JavaScript set, which has no commands. */
  recorder?: CommandRecorder | undefined;
  /** Carries out a command that a recorder was told of, once more. */
  repeat?(command: RecordedCommand): void;
  /** Undefined where the stock engine's plain loops are as good: in the JavaScript set. */
  readonly image?: ImageKernels;
  readonly indexed: IndexedKernels;
  /** Undefined in the JavaScript set, as `image`. */
  readonly integer?: IntegerKernels;
}

/** A dense run of float32 values. */
export interface FloatBlock {
  readonly offset: number;
  readonly count: number;
}

/** Strides are in elements: from row to row and from column to column of the operand as it is used. */
export interface GemmOperand {
  readonly offset: number;
  readonly row: number;
  readonly column: number;
  /** From one matrix of the batch to the next; 0 repeats the same one. */
  readonly batch: number;
}

export interface GemmCall {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: GemmOperand;
  readonly b: GemmOperand;
  readonly c: number;
  /** [n], or 0 for none. */
  readonly bias: number;
  readonly activation: GemmActivation;
  /** Slope below zero of `leakyRelu`. */
  readonly slope: number;
  /**
   * Where an output y of the activation lies, of c's shape, or 0: then c[i] = (a[i] · b[i]) · (derivative of the activation
   * that gave y), without bias; only for `Activation`s of @nt/tensor.
   */
  readonly derivativeAt: number;
  /** Adds the product to what c holds; then there may be no bias and no activation. Default false. */
  readonly accumulate?: boolean;
  /** Rounds the elements of both operands to bfloat16; sums, bias and result are float32. Default false. */
  readonly narrow?: boolean;
  /** Matrices that lie in memory as bfloat16; only with `narrow`, and for one product. */
  readonly halves?: Halves;
}

/** Which matrices of a product lie in memory as bfloat16, each row from a whole word on (`halfRow`). */
export interface Halves {
  /** `a`, whose strides then count elements of two bytes. */
  readonly a: boolean;
  /** The output at `derivativeAt`. */
  readonly derivative: boolean;
  /** Where the result is written as bfloat16, or 0; `c` is then room to add up in, and undefined afterwards. */
  readonly c: number;
}

/** Elements from row to row of a matrix that lies in memory as bfloat16. */
export const halfRow = (columns: number): number => columns + (columns % 2);

/** What a product can apply to its result; the index is the number that the C source uses. */
export const gemmActivations = [
  'linear',
  'relu',
  'leakyRelu',
  'softplus',
  'tanh',
  'selu',
  'sigmoid',
  'relu6',
  'elu',
] as const;

export type GemmActivation = (typeof gemmActivations)[number];

/** At most 8 axes; strides in elements, also negative or 0. */
export interface CopyCall {
  readonly source: number;
  readonly destination: number;
  readonly sizes: readonly number[];
  readonly sourceStrides: readonly number[];
  readonly destinationStrides: readonly number[];
}

export interface FillCall {
  readonly destination: number;
  readonly count: number;
  /** The four bytes of the element. */
  readonly bits: number;
}

export interface ReduceCall {
  readonly kind: 'sum' | 'max' | 'min' | 'product';
  readonly source: number;
  readonly destination: number;
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
  readonly scale: number;
}

export interface PoolCall {
  readonly kind: 'max' | 'avg';
  readonly x: number;
  readonly out: number;
  readonly batch: number;
  readonly length: number;
  readonly channels: number;
  readonly kernelSize: number;
}

export interface PoolGradCall extends PoolCall {
  readonly dy: number;
}

export interface RandomCall {
  readonly destination: number;
  readonly count: number;
  readonly key: RandomKey;
  /** Gives the key again, when the call is repeated from a recording. */
  readonly lateKey?: (() => RandomKey) | undefined;
}

export interface SoftmaxCall {
  readonly x: number;
  readonly out: number;
  readonly rows: number;
  readonly columns: number;
}

/** Kernels over windows that slide over images [batch, height, width, channels]. */
export interface ImageKernels {
  /** Writes each window of x as a row of y. */
  im2col(call: WindowCall): void;
  /** Adds the rows of y back to where their elements came from; x is overwritten. */
  col2im(call: WindowCall): void;
  /** y = pooled x. */
  pool2d(call: WindowCall): void;
  /** x = gradient of the pooled image y, from dy; only `max` reads y. */
  pool2dGrad(call: WindowCall): void;
  /** Convolutions of each channel by itself: y from x and filter, x from y and filter, or filter from x and y. */
  depthwise(result: 'y' | 'x' | 'filter', call: DepthwiseCall): void;
}

export interface DepthwiseCall extends WindowCall {
  readonly filter: number;
  /** Results of each channel. */
  readonly multiplier: number;
}

/** The most results of all channels together whose filter gradient `depthwise` computes (`panel` of work.h). */
export const mostDepthwiseResults: number = 1 << 14;

/** `x` is the image or its gradient, `y` the columns or the pooled image. */
export interface WindowCall {
  readonly x: number;
  readonly y: number;
  readonly dy?: number;
  readonly average?: boolean;
  readonly sizes: WindowSizes;
}

export interface WindowSizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}
