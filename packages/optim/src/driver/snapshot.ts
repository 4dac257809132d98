import type { NamedArray, NamedArrays, Tensor, TensorOps } from '@nt/tensor';
import { OptimError } from '../optim-error.ts';

/** The JSON half of a snapshot. */
export interface OptimizerSnapshotHeader {
  readonly format: 'nt-optim';
  readonly version: 1;
  /** Name of the transform, for people. */
  readonly transform: string;
  readonly completedUpdates: number;
  /** Micro-batches in the accumulator. */
  readonly pendingMicroBatches: number;
  /** Numbers given to `setHyperparameter`. */
  readonly hyperparameters: Readonly<Record<string, number>>;
  /** Parameters that have taken part in the same updates; one for all unless a gradient was ever missing. */
  readonly cohorts: readonly SnapshotCohort[];
  /** 0 when a micro-batch in the accumulator came with a closed gate. */
  readonly accumulatedGate: number;
  /** The gate of the last update when nobody has called `settle` yet; null when it is settled. */
  readonly unsettledGate: number | null;
  /** What `cohorts` were before an unsettled update, should its gate have been closed. */
  readonly cohortsBefore: readonly SnapshotCohort[] | null;
}

/** Parameters with the same history, as JSON. */
export interface SnapshotCohort {
  readonly parameters: readonly string[];
  /** Updates that they took part in. */
  readonly updates: number;
  /** Host numbers that transforms carry from update to update. */
  readonly carried: Readonly<Record<string, number>>;
}

/** An optimizer's state as JSON and typed arrays, keyed `${slot}/${parameter}`. Weights are not in it. */
export interface OptimizerSnapshot {
  readonly header: OptimizerSnapshotHeader;
  readonly arrays: NamedArrays;
}

/** One array of a snapshot, read from the engine when it is asked for. */
export interface SnapshotArray {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'float64';
  /** Row-major. Valid until the next array is asked for: it may be the engine's own memory, or serve all arrays in turn. */
  data(): Promise<Float32Array | Float64Array>;
}

/** A snapshot whose arrays are still on the engine: they can be written one after the other, never all in memory. */
export interface OpenSnapshot {
  readonly header: OptimizerSnapshotHeader;
  readonly arrays: Readonly<Record<string, SnapshotArray>>;
}

/** Slot of the sums of micro-batches. */
export const accumulatedSlot = 'accumulatedGradient';

/** Tensors as arrays in the engine's own width, read one at a time into the same memory where the engine can. */
export function snapshotArrays<T extends Tensor>(
  ops: TensorOps<T>,
  tensors: Iterable<readonly [key: string, tensor: T]>,
): Record<string, SnapshotArray> {
  let memory = new Float32Array();
  const read = async (tensor: T, count: number): Promise<Float32Array | Float64Array> => {
    const isDouble = tensor.dtype === 'float64';
    if (ops.readInto && !isDouble) {
      if (memory.length < count) memory = new Float32Array(count);
      const values = memory.subarray(0, count);
      await ops.readInto(tensor, values);
      return values;
    }
    const [values, Wanted] = [await tensor.data(), isDouble ? Float64Array : Float32Array];
    return values instanceof Wanted ? values : Wanted.from(values);
  };
  const arrays: Record<string, SnapshotArray> = {};
  for (const [key, tensor] of tensors) {
    const count = tensor.shape.reduce((a, b) => a * b, 1);
    const dtype = tensor.dtype === 'float64' ? 'float64' : 'float32';
    arrays[key] = { shape: [...tensor.shape], dtype, data: () => read(tensor, count) };
  }
  return arrays;
}

/** Copies every array, one after the other. */
export async function copySnapshot({ header, arrays }: OpenSnapshot): Promise<OptimizerSnapshot> {
  const copies: Record<string, NamedArray> = {};
  for (const [key, { shape, dtype, data }] of Object.entries(arrays)) {
    copies[key] = { shape, dtype, data: (await data()).slice() };
  }
  return { header, arrays: copies };
}

/** @throws OptimError `optim/snapshot-mismatch` for what is not a snapshot of this package */
export function checkFormat(snapshot: OptimizerSnapshot): void {
  const { header, arrays } = snapshot ?? {};
  const isOurs = header?.format === 'nt-optim' && header.version === 1;
  const objects = [arrays, header?.hyperparameters];
  if (isOurs && Array.isArray(header.cohorts) && objects.every((one) => typeof one === 'object' && one !== null))
    return;
  const found = isOurs
    ? 'one that is not whole'
    : `${JSON.stringify(header?.format)} version ${JSON.stringify(header?.version)}`;
  throw new OptimError(
    'optim/snapshot-mismatch',
    `Expected a snapshot of format 'nt-optim' version 1, got ${found}. Pass what snapshot() gave.`,
    { format: header?.format, version: header?.version },
  );
}

/**
 * Compares the parameters and arrays of a snapshot with what this optimizer keeps.
 *
 * @throws OptimError `optim/snapshot-mismatch` that lists every missing and unexpected parameter or array, and misshapen ones
 */
export function checkContents(
  { header, arrays }: OptimizerSnapshot,
  names: readonly string[],
  expected: ReadonlyMap<string, readonly number[]>,
  transform: string,
): void {
  const saved = header.cohorts.flatMap(({ parameters }) => parameters);
  const missing = [
    ...names.filter((name) => !saved.includes(name)),
    ...[...expected.keys()].filter((key) => !(key in arrays)),
  ];
  const unexpected = [
    ...saved.filter((name) => !names.includes(name)),
    ...Object.keys(arrays).filter((key) => !expected.has(key)),
  ];
  const misshapen = [...expected].flatMap(([key, shape]) => {
    const received = arrays[key];
    if (!received) return [];
    const size = shape.reduce((a, b) => a * b, 1);
    if (received.shape.join() === shape.join() && received.data.length === size) return [];
    return [`${key}: expected [${shape}], snapshot has [${received.shape}] with ${received.data.length} values`];
  });
  if (missing.length + unexpected.length + misshapen.length === 0) return;
  const lines = [
    ...missing.map((key) => `missing in the snapshot: ${key}`),
    ...unexpected.map((key) => `not kept by this optimizer: ${key}`),
    ...misshapen,
  ];
  throw new OptimError(
    'optim/snapshot-mismatch',
    `The snapshot (${header.transform}) does not fit this optimizer (${transform}); nothing was restored:\n  ${lines.join('\n  ')}\nBuild the optimizer with the transform and the parameters that the snapshot was taken with.`,
    { missing, unexpected, misshapen },
  );
}
