import type { Covariates, SeriesSet } from '../series/series-set.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import type { Batch } from './batch.ts';

/** New, empty arrays for a batch of `size` windows. */
export function allocateBatch(windows: Windows, size: number): Batch {
  const { set, inputSize, horizon } = windows;
  return {
    size,
    input: new Float32Array(size * inputSize),
    inputMask: new Float32Array(size * inputSize),
    target: new Float32Array(size * horizon),
    targetMask: new Float32Array(size * horizon),
    ...(set.historic ? { historic: new Float32Array(size * inputSize * set.historic.names.length) } : {}),
    ...(set.future ? { future: new Float32Array(size * (inputSize + horizon) * set.future.names.length) } : {}),
    ...(set.static ? { static: new Float32Array(size * set.static.names.length) } : {}),
    ...(windows.weights ? { weights: new Float32Array(size) } : {}),
    windows: new Float64Array(size),
    series: new Int32Array(size),
    origins: new Int32Array(size),
  };
}

/** The first `size` windows of a batch: views, not copies. */
export function shortenBatch(batch: Batch, size: number): Batch {
  if (size === batch.size) return batch;
  const cut = (array: Float32Array) => array.subarray(0, (array.length / batch.size) * size);
  return {
    size,
    input: cut(batch.input),
    inputMask: cut(batch.inputMask),
    target: cut(batch.target),
    targetMask: cut(batch.targetMask),
    ...(batch.historic ? { historic: cut(batch.historic) } : {}),
    ...(batch.future ? { future: cut(batch.future) } : {}),
    ...(batch.static ? { static: cut(batch.static) } : {}),
    ...(batch.weights ? { weights: cut(batch.weights) } : {}),
    windows: batch.windows.subarray(0, size),
    series: batch.series.subarray(0, size),
    origins: batch.origins.subarray(0, size),
  };
}

/** Notes where the windows named in `batch.windows` lie. */
export function placeBatch(windows: Windows, batch: Batch): void {
  for (let slot = 0; slot < batch.size; slot++) {
    const { series, origin } = windows.locate(batch.windows[slot]!);
    batch.series[slot] = series;
    batch.origins[slot] = origin;
    if (batch.weights) batch.weights[slot] = windows.weights![series]!;
  }
}

/** What gathering needs to know about windows that have their places. */
export type WindowSource = Pick<Windows, 'set' | 'inputSize' | 'horizon' | 'targetEnds'>;

/** Windows that are touched together, before they are copied. */
const blockSlots = 64;

/**
 * Copies the windows at `batch.series` and `batch.origins` into the arrays of the batch.
 *
 * @param masksAreOnes the masks of the batch hold nothing but ones
 * @returns whether they do afterwards
 */
export function gatherBatch(source: WindowSource, batch: Batch, masksAreOnes: boolean): boolean {
  if (!masksAreOnes) {
    batch.inputMask.fill(1);
    batch.targetMask.fill(1);
  }
  let isWhole = true;
  for (let start = 0; start < batch.size; start += blockSlots) {
    const end = Math.min(start + blockSlots, batch.size);
    for (let slot = start; slot < end; slot++) touchWindow(source, batch, slot);
    for (let slot = start; slot < end; slot++)
      isWhole = gatherWindow(source, batch, slot, source.set, batch.series[slot]!) && isWhole;
  }
  return isWhole;
}

/**
 * Reads two numbers of a window that lies anywhere in memory. A processor fetches many such places at once, but waits
 * for one copy before it begins the next. Their sum goes where the window will be, so that no compiler leaves the reads
 * out.
 */
function touchWindow({ set, inputSize }: WindowSource, { series, origins, input }: Batch, slot: number): void {
  const row = set.offsets[series[slot]!]! + origins[slot]!;
  input[slot * inputSize] =
    set.values[Math.max(row - inputSize, 0)]! + set.values[Math.min(row, set.values.length - 1)]!;
}

/**
 * Copies the window at `batch.series[slot]` and `batch.origins[slot]` into the slot, whose masks are 1. Returns whether
 * they still are.
 *
 * @param set the source's, or a part of it, which holds the series as its `series`th
 */
export function gatherWindow(
  { inputSize, horizon, targetEnds }: Omit<WindowSource, 'set'>,
  batch: Batch,
  slot: number,
  set: SeriesSet,
  series: number,
): boolean {
  const origin = batch.origins[slot]!;
  const length = set.lengths[series]!;
  const end = targetEnds ? Math.min(length, targetEnds[batch.series[slot]!]!) : length;
  const { input: seen, inputMask, target: due, targetMask } = batch;
  const input = copySteps(set, series, length, origin - inputSize, inputSize, seen, inputMask, slot * inputSize);
  const target = copySteps(set, series, end, origin, horizon, due, targetMask, slot * horizon);
  if (batch.historic) copyContext(set, series, set.historic!, origin - inputSize, inputSize, batch.historic, slot);
  if (batch.future) copyContext(set, series, set.future!, origin - inputSize, inputSize + horizon, batch.future, slot);
  if (batch.static) copyStatic(set.static!, series, batch.static, slot);
  return input && target;
}

/**
 * Copies steps `[first, first + count)` of a series; those outside of its first `length`, or not available, become 0
 * with mask 0. Returns whether there were none.
 */
function copySteps(
  set: SeriesSet,
  series: number,
  length: number,
  first: number,
  count: number,
  out: Float32Array,
  mask: Float32Array,
  at: number,
): boolean {
  const row = set.offsets[series]!;
  const end = first + count;
  const from = Math.max(first, 0);
  const to = end > length ? Math.max(length, from) : end;
  if (to > from) out.set(set.values.subarray(row + from, row + to), at + from - first);
  if (to - from < count) {
    blank(out, mask, at, at + from - first);
    blank(out, mask, at + to - first, at + count);
  }
  let isWhole = to - from === count;
  if (set.available === null) return isWhole;
  for (let step = from; step < to; step++) {
    if (set.available[row + step] === 1) continue;
    out[at + step - first] = 0;
    mask[at + step - first] = 0;
    isWhole = false;
  }
  return isWhole;
}

function blank(out: Float32Array, mask: Float32Array, start: number, end: number): void {
  out.fill(0, start, end);
  mask.fill(0, start, end);
}

/** Copies all covariates of some steps in one move; steps without a row and cells without a value become 0. */
function copyContext(
  set: SeriesSet,
  series: number,
  covariates: Covariates,
  first: number,
  count: number,
  out: Float32Array,
  slot: number,
): void {
  const width = covariates.names.length;
  const row = set.contextOffsets[series]!;
  const rows = set.offsets[series + 1]! - set.offsets[series]!;
  const from = Math.max(0, first);
  const to = Math.max(from, Math.min(first + count, rows));
  const at = slot * count * width;
  if (to > from)
    out.set(covariates.values.subarray((row + from) * width, (row + to) * width), at + (from - first) * width);
  out.fill(0, at, at + (from - first) * width);
  out.fill(0, at + (to - first) * width, at + count * width);
  if (!hasNaN(covariates.values)) return;
  for (let k = at; k < at + count * width; k++) if (Number.isNaN(out[k]!)) out[k] = 0;
}

const knownNaN = new WeakMap<Covariates['values'], boolean>();

/** Looks once: windows overlap, and to look at each of their cells takes as long as to copy them. */
function hasNaN(values: Covariates['values']): boolean {
  const known = knownNaN.get(values);
  if (known !== undefined) return known;
  let found = false;
  for (let k = 0; k < values.length && !found; k++) found = Number.isNaN(values[k]!);
  knownNaN.set(values, found);
  return found;
}

function copyStatic(covariates: Covariates, series: number, out: Float32Array, slot: number): void {
  const width = covariates.names.length;
  out.set(covariates.values.subarray(series * width, (series + 1) * width), slot * width);
}
