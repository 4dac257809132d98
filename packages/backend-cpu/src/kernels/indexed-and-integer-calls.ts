/** Kernels that read or give places of elements. */
export interface IndexedKernels {
  /** Slices of [outer, size, slice] by indices that lie in the heap; elements of 4 bytes. */
  gather(call: GatherCall): void;
  /** Adds rows of [rows, width] to the rows of [segments, width] that their ids name. */
  segmentSum(call: SegmentCall): void;
  /** Where the largest or smallest element along `count` is: [outer, count, inner] → [outer, inner]. */
  arg(call: ArgCall): void;
  /** Running sums or products along `count`. */
  scan(call: ScanCall): void;
}

export interface GatherCall {
  readonly source: number;
  readonly indices: number;
  readonly destination: number;
  readonly outer: number;
  readonly size: number;
  readonly slice: number;
  readonly count: number;
}

export interface SegmentCall {
  readonly source: number;
  readonly ids: number;
  readonly destination: number;
  readonly rows: number;
  readonly width: number;
  readonly segments: number;
}

/** Lines along the middle axis of [outer, count, inner]. */
interface LinesCall {
  readonly source: number;
  readonly destination: number;
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

export interface ArgCall extends LinesCall {
  readonly smallest: boolean;
  readonly integers: boolean;
}

export interface ScanCall extends LinesCall {
  readonly product: boolean;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/** Operations on whole numbers and booleans; the index is the number that the C source uses (`INT_…` in integer.h). */
export const integerOperations = [
  '+',
  '-',
  '*',
  'floorDivide',
  'mod',
  'min',
  'max',
  'squaredDifference',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  'select',
  'copy',
] as const;

export type IntegerOperation = (typeof integerOperations)[number];

/** The same for what a line of whole numbers is reduced to. */
export const integerReductions = ['sum', 'max', 'min', 'product'] as const;

/** Arithmetic of int32 and booleans, exact and modulo 2³². */
export interface IntegerKernels {
  apply(call: IntegerCall): void;
  reduce(call: IntegerReduceCall): void;
}

export interface IntegerCall {
  readonly operation: IntegerOperation;
  readonly count: number;
  readonly sizes: readonly number[];
  /** At most three, each with strides against `sizes`. */
  readonly inputs: readonly { readonly offset: number; readonly byte: boolean; readonly strides: readonly number[] }[];
  readonly out: number;
  readonly outByte: boolean;
}

export interface IntegerReduceCall extends LinesCall {
  readonly kind: (typeof integerReductions)[number];
  readonly sourceByte: boolean;
  readonly destinationByte: boolean;
}
