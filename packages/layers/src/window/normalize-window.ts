import { elementwiseRule, type NetworkOps, type Tensor, type Variable, type WindowTensors } from '@nt/tensor';
import { scaleMargin, type WindowNormalization, type WindowStatistics, windowStatistics } from './window-statistics.ts';

/** Names of what `revin` trains; `[1, 1, channels, 1]` as neuralforecast stores them, of which it reads the target's. */
export const revinNames = { bias: 'scaler.revin_bias', weight: 'scaler.revin_weight' } as const;

/** A window in its own scale, and the way back: `[batch, 1, 1]` each, null when nothing was scaled. */
export interface NormalizedWindow<T extends Tensor> {
  readonly window: WindowTensors<T>;
  readonly back: WindowStatistics<T> | null;
}

/**
 * Scales input, historic and future covariates, each by its own statistics over the time steps that the input observed;
 * the horizon has no part in them.
 *
 * Source: neuralforecast 3.3's `_normalization`.
 */
export function normalizeWindow<T extends Tensor>(
  ops: NetworkOps<T>,
  kind: WindowNormalization,
  window: WindowTensors<T>,
  parameters: ReadonlyMap<string, Variable<T>>,
): NormalizedWindow<T> {
  if (kind === 'none') return { window, back: null };
  const [batch, length] = window.input.shape as [number, number];
  const { historic, future } = window;
  const target = ops.reshape(window.input, [batch, length, 1]);
  const seen = [target];
  if (historic) seen.push(historic);
  if (future) seen.push(ops.slice(future, [0, 0, 0], [batch, length, future.shape[2]!]));
  const { shift, scale } = channelStatistics(ops, kind, ops.concat(seen, 2), window.inputMask);
  const scaled = (x: T, first: number): T => {
    const ofChannels = (statistic: T): T => ops.slice(statistic, [0, 0, first], [batch, 1, x.shape[2]!]);
    return there(ops, kind, ops.div(ops.sub(x, ofChannels(shift)), ofChannels(scale)));
  };
  const first = (statistic: T): T => ops.slice(statistic, [0, 0, 0], [batch, 1, 1]);
  const historicCount = historic?.shape[2] ?? 0;
  return {
    window: {
      ...window,
      input: ops.reshape(scaled(target, 0), [batch, length]),
      ...(historic && { historic: scaled(historic, 1) }),
      ...(future && { future: scaled(future, 1 + historicCount) }),
    },
    back: withRevin(ops, { shift: first(shift), scale: first(scale) }, parameters),
  };
}

/** @returns `[batch, 1, channels]` each, of values `[batch, length, channels]` */
function channelStatistics<T extends Tensor>(
  ops: NetworkOps<T>,
  kind: Exclude<WindowNormalization, 'none'>,
  values: T,
  mask: T | undefined,
): WindowStatistics<T> {
  const [batch, length, channels] = values.shape as [number, number, number];
  const rows = ops.reshape(ops.transpose(values, [0, 2, 1]), [batch * channels, length]);
  const observed = mask ? ops.reshape(mask, [batch, 1, length]) : ops.tensor([1], []);
  const masks = ops.reshape(ops.add(ops.zeros([batch, channels, length]), observed), [batch * channels, length]);
  const { shift, scale } = windowStatistics(ops, kind, rows, masks);
  const shape = [batch, 1, channels];
  return { shift: ops.reshape(shift, shape), scale: ops.reshape(scale, shape) };
}

const arcsinhRule = elementwiseRule({
  name: 'arcsinh',
  inputs: ['z'],
  scalars: [],
  definitions: [
    ['size', ['abs', 'z']],
    // Squares of large values overflow; from 1e4 on the two agree to the last bit of float32.
    ['small', ['min', 'size', 1e4]],
    ['near', ['log', ['+', 'small', ['sqrt', ['+', ['*', 'small', 'small'], 1]]]]],
    ['far', ['log', ['*', ['max', 'size', 1], 2]]],
  ],
  outputs: [['y', ['*', ['sign', 'z'], ['select', ['>', 'size', 1e4], 'far', 'near']]]],
});

function there<T extends Tensor>(ops: NetworkOps<T>, kind: WindowNormalization, z: T): T {
  if (kind === 'minmax1') return ops.sub(ops.mul(z, ops.tensor([2], [])), ops.tensor([1], []));
  return kind === 'invariant' ? ops.elementwise(arcsinhRule, { z }, {}).y : z;
}

/** The trained bias and weight take part on the way back only. */
function withRevin<T extends Tensor>(
  ops: NetworkOps<T>,
  { shift, scale }: WindowStatistics<T>,
  parameters: ReadonlyMap<string, Variable<T>>,
): WindowStatistics<T> {
  const ofTarget = (name: string): T | undefined => {
    const parameter = parameters.get(name);
    return parameter && ops.reshape(ops.slice(parameter, [0, 0, 0, 0], [1, 1, 1, 1]), [1, 1, 1]);
  };
  const [bias, weight] = [ofTarget(revinNames.bias), ofTarget(revinNames.weight)];
  if (!bias || !weight) return { shift, scale };
  const positive = ops.add(ops.maximum(ops.tensor([0], []), weight), ops.tensor([scaleMargin], []));
  return { shift: ops.add(shift, bias), scale: ops.mul(scale, positive) };
}
