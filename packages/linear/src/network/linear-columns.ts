import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { fillGaps } from './fill-gaps.ts';
import type { LinearConfig } from './linear-options.ts';

/** What a linear forecast is a weighted sum of. */
export interface LinearColumns<T extends Tensor> {
  /** Target, then each historic, future and static covariate, each in time: `[batch, columns]`. */
  readonly columns: T;
  /** `[batch, 1]` */
  readonly centre: T;
}

/** Number of columns. */
export const columnCount = ({
  inputSize,
  horizon,
  covariateLookback,
  historic,
  future,
  static: fixed,
}: LinearConfig): number => inputSize + historic * covariateLookback + future * (covariateLookback + horizon) + fixed;

/** The columns of a batch of windows. */
export function linearColumns<T extends Tensor>(
  ops: NetworkOps<T>,
  config: LinearConfig,
  { input, inputMask, historic, future, static: fixed }: WindowTensors<T>,
): LinearColumns<T> {
  const { inputSize, horizon, covariateLookback: back } = config;
  const batch = input.shape[0]!;
  const target = inputMask ? fillGaps(ops, input, inputMask) : input;
  const steps = config.centre === 'last' ? 1 : config.season;
  const end = ops.slice(target, [0, inputSize - steps], [batch, steps]);
  const centre = steps === 1 ? end : ops.mul(ops.sum(end, 1, true), ops.tensor([1 / steps], []));
  /** The steps of each channel one after the other. */
  const channels = (x: T | undefined, count: number): T[] => {
    if (!x || count === 0) return [];
    const width = x.shape[2]!;
    const near = ops.slice(x, [0, inputSize - back, 0], [batch, count, width]);
    return [ops.reshape(ops.transpose(near, [0, 2, 1]), [batch, width * count])];
  };
  const parts = [
    ops.sub(target, centre),
    ...channels(historic, back),
    ...channels(future, back + horizon),
    ...(fixed ? [fixed] : []),
  ];
  return { columns: parts.length === 1 ? parts[0]! : ops.concat(parts, 1), centre };
}
