import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelCall, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { GemmActivation, GemmCall, ImageKernels } from '../kernels/kernels.ts';
import { gemmActivationOf } from './mat-mul-kernels.ts';
import { windowSizes } from './window-sizes.ts';

type Shape4 = [number, number, number, number];

/** Bytes of columns that are written out at a time: whole batches of large images would not fit the heap. */
const mostColumnBytes = 16 * 1024 * 1024;

interface Convolution {
  readonly image: ImageKernels;
  readonly info: backend_util.Conv2DInfo;
  /** Rows of the product for one image, and the length of each. */
  readonly rows: number;
  readonly length: number;
}

/** Undefined for channels-first layouts, empty results, and without kernels for images. */
function convolution(
  backend: NtCpuBackend,
  attributes: KernelCall['attributes'],
  shape: readonly number[],
  filterShape: readonly number[],
  dilations: number | [number, number] = 1,
): Convolution | undefined {
  const { strides, pad, dataFormat, dimRoundingMode } = attributes as Record<string, never>;
  const { image } = backend.kernels;
  const format = backend_util.convertConv2DDataFormat(dataFormat!);
  const info = backend_util.computeConv2DInfo(
    shape as Shape4,
    filterShape as Shape4,
    strides!,
    dilations,
    pad!,
    dimRoundingMode,
    false,
    format,
  );
  const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth } = info;
  const [rows, length] = [outHeight * outWidth, filterHeight * filterWidth * inChannels];
  // Grouped convolutions have a filter for a part of the channels only.
  const grouped = filterShape[2] !== inChannels;
  if (!image || format !== 'channelsLast' || grouped || rows * length * batchSize * outChannels === 0) return undefined;
  return { image, info, rows, length };
}

/** Calls `use` for blocks of images that together need no more columns than fit. */
function eachBlock(
  backend: NtCpuBackend,
  { info, rows, length }: Convolution,
  use: (columns: number, first: number, count: number) => void,
): void {
  const imageBytes = rows * length * 4;
  const block = Math.max(1, Math.min(info.batchSize, Math.floor(mostColumnBytes / imageBytes)));
  const columns = backend.heap.allocate(block * imageBytes);
  try {
    for (let first = 0; first < info.batchSize; first += block)
      use(columns, first, Math.min(block, info.batchSize - first));
  } finally {
    backend.heap.free(columns, block * imageBytes);
  }
}

const linear = { batch: 1, bias: 0, activation: 'linear', slope: 0, derivativeAt: 0 } as const;
const rowMajor = (offset: number, columns: number): GemmCall['a'] => ({ offset, row: columns, column: 1, batch: 0 });
const transposed = (offset: number, columns: number): GemmCall['a'] => ({ offset, row: 1, column: columns, batch: 0 });

/** What is applied to the result of a convolution. */
interface Finish {
  readonly bias: number;
  readonly activation: GemmActivation;
  readonly slope: number;
}

function forward(
  backend: NtCpuBackend,
  plan: Convolution,
  x: TensorInfo,
  filter: TensorInfo,
  finish: Finish,
): TensorInfo {
  const { image, info, rows, length } = plan;
  const [source, weights] = [backend.offsetOf(x), backend.offsetOf(filter)];
  const out = backend.allocate(info.outShape);
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  eachBlock(backend, plan, (columns, first, count) => {
    image.im2col({ x: source + first * imageSize * 4, y: columns, sizes: windowSizes(info, count) });
    const [m, n] = [count * rows, info.outChannels];
    const c = backend.offsetOf(out) + first * rows * n * 4;
    backend.kernels.gemm({
      ...linear,
      ...finish,
      narrow: backend.isNarrow,
      m,
      n,
      k: length,
      a: rowMajor(columns, length),
      b: rowMajor(weights, n),
      c,
    });
  });
  return out;
}

const conv2d: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, filter } = inputs as Record<'x' | 'filter', TensorInfo>;
  const plan = convolution(backend, attributes, x.shape, filter.shape, attributes['dilations'] as number);
  if (!plan || !allFloat(backend, x, filter)) return undefined;
  return forward(backend, plan, x, filter, linear);
};

const fusedConv2d: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, filter, bias } = inputs as Record<'x' | 'filter' | 'bias', TensorInfo>;
  const activation = gemmActivationOf(attributes['activation'] as string | undefined);
  const biasFits = !bias || (bias.shape.length === 1 && bias.shape[0] === filter.shape[3]);
  const plan = convolution(backend, attributes, x.shape, filter.shape, attributes['dilations'] as number);
  if (!plan || !activation || !biasFits || !allFloat(backend, x, filter, bias)) return undefined;
  const slope = (attributes['leakyreluAlpha'] as number | undefined) ?? 0.2;
  return forward(backend, plan, x, filter, { bias: bias ? backend.offsetOf(bias) : 0, activation, slope });
};

/** tfjs also takes gradients of another shape (transposed convolutions with an odd output); those are left to it. */
const hasShape = ({ shape }: TensorInfo, { info }: Convolution): boolean => util.arraysEqual(shape, info.outShape);

const filterGradient: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
  const filterShape = attributes['filterShape'] as number[];
  const plan = convolution(backend, attributes, x.shape, filterShape);
  if (!plan || !allFloat(backend, x, dy) || !hasShape(dy, plan)) return undefined;
  const { image, info, rows, length } = plan;
  const [source, gradient] = [backend.offsetOf(x), backend.offsetOf(dy)];
  const out = backend.allocate(filterShape);
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  eachBlock(backend, plan, (columns, first, count) => {
    image.im2col({ x: source + first * imageSize * 4, y: columns, sizes: windowSizes(info, count) });
    const n = info.outChannels;
    const b = rowMajor(gradient + first * rows * n * 4, n);
    const a = transposed(columns, length);
    backend.kernels.gemm({
      ...linear,
      m: length,
      n,
      k: count * rows,
      a,
      b,
      c: backend.offsetOf(out),
      accumulate: first > 0,
      narrow: backend.isNarrow,
    });
  });
  return out;
};

const inputGradient: KernelOverride = ({ backend, inputs, attributes }) => {
  const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>;
  const plan = convolution(backend, attributes, attributes['inputShape'] as number[], filter.shape);
  if (!plan || !allFloat(backend, dy, filter) || !hasShape(dy, plan)) return undefined;
  const { image, info, rows, length } = plan;
  const [gradient, weights] = [backend.offsetOf(dy), backend.offsetOf(filter)];
  const out = backend.allocate(info.inShape);
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  eachBlock(backend, plan, (columns, first, count) => {
    const k = info.outChannels;
    const a = rowMajor(gradient + first * rows * k * 4, k);
    const b = transposed(weights, k);
    backend.kernels.gemm({ ...linear, m: count * rows, n: length, k, a, b, c: columns, narrow: backend.isNarrow });
    image.col2im({ x: backend.offsetOf(out) + first * imageSize * 4, y: columns, sizes: windowSizes(info, count) });
  });
  return out;
};

/** 2-D convolutions of [batch, height, width, channels] and their gradients, as matrix products. */
export const convolutionKernels: KernelTable = {
  Conv2D: conv2d,
  FusedConv2D: fusedConv2d,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
};
