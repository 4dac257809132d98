import type { NetworkOps, Tensor } from '@nt/tensor';
import type { WindowStatistics } from './window-statistics.ts';

/**
 * Distributions whose raw parameters neuralforecast's `DistributionLoss` makes positive and moves to the window's scale
 * ("scale decoupling"). With one of these the outputs are such that the softplus of each positive parameter is
 * neuralforecast's parameter: mean and deviation; degrees of freedom (less 3), location and scale; mean and dispersion.
 */
export const scaleDecouples = ['none', 'normal', 'studentT', 'negativeBinomial'] as const;

/** One of `scaleDecouples`. */
export type ScaleDecouple = (typeof scaleDecouples)[number];

type Parameter = 'asIs' | 'location' | 'mean' | 'dispersion' | { readonly margin: number };

/** The outputs of each distribution in order. */
export const distributionParameters: Readonly<Record<Exclude<ScaleDecouple, 'none'>, readonly Parameter[]>> = {
  normal: ['location', { margin: 0.2 }],
  studentT: ['asIs', 'location', { margin: 0.1 }],
  negativeBinomial: ['mean', 'dispersion'],
};

/** Neuralforecast's guard for the parameters of counts. */
const countMargin = 1e-8;

/** Softplus of less cannot be told from 0 in float32. */
const leastPositive = 1e-7;

/**
 * @param raw `[batch, parameters or 1, horizon or 1]`
 * @param back the window's shift and scale `[batch, 1, 1]`, or null for 0 and 1
 * @returns `[batch, parameters, horizon or 1]`
 * Source: neuralforecast 3.3's `normal_scale_decouple`, `student_scale_decouple`, `nbinomial_scale_decouple`.
 */
export function decoupleScale<T extends Tensor>(
  ops: NetworkOps<T>,
  distribution: Exclude<ScaleDecouple, 'none'>,
  raw: T,
  back: WindowStatistics<T> | null,
): T {
  const [batch, outputs, horizon] = raw.shape as [number, number, number];
  const scalar = (value: number): T => ops.tensor([value], []);
  const { shift, scale } = back ?? { shift: scalar(0), scale: scalar(1) };
  const above = (x: T, margin: number): T => ops.add(ops.softplus(x), scalar(margin));
  const columns = distributionParameters[distribution].map((parameter, k) => {
    const x = ops.slice(raw, [0, outputs === 1 ? 0 : k, 0], [batch, 1, horizon]);
    if (parameter === 'asIs') return x;
    if (parameter === 'location') return ops.add(ops.mul(x, scale), shift);
    if (parameter === 'mean') return beforeSoftplus(ops, ops.add(ops.mul(above(x, countMargin), scale), shift));
    if (parameter === 'dispersion')
      return beforeSoftplus(ops, ops.div(above(x, countMargin), ops.add(scale, scalar(1))));
    return beforeSoftplus(ops, ops.mul(above(x, parameter.margin), scale));
  });
  return ops.concat(columns, 1);
}

/** The x whose softplus is y: y + log(1 − e⁻ʸ). */
function beforeSoftplus<T extends Tensor>(ops: NetworkOps<T>, y: T): T {
  const positive = ops.maximum(y, ops.tensor([leastPositive], []));
  return ops.add(positive, logOneMinusExp(ops, positive));
}

/** Below it 1 − e⁻ʸ loses digits in float32, and a small dispersion some thousand times as many in its gradient. */
const half = 0.5;

/** 1, −1/2!, 1/3!, −1/4! …: (1 − e⁻ʸ) / y, to 1e-9 up to a half. */
const series = [1, -1 / 2, 1 / 6, -1 / 24, 1 / 120, -1 / 720, 1 / 5040, -1 / 40320];

/** log(1 − e⁻ʸ): by a series up to a half, and from there on what it grows by, one of them a constant wherever y is. */
function logOneMinusExp<T extends Tensor>(ops: NetworkOps<T>, y: T): T {
  const scalar = (value: number): T => ops.tensor([value], []);
  const [small, large] = [ops.minimum(y, scalar(half)), ops.maximum(y, scalar(half))];
  const [last, ...others] = [...series].reverse();
  const ratio = others.reduce<T>((sum, c) => ops.add(ops.mul(sum, small), scalar(c)), scalar(last!));
  const growth = ops.sub(scalar(1), ops.exp(ops.mul(large, scalar(-1))));
  return ops.add(ops.log(ops.mul(small, ratio)), ops.log(ops.div(growth, scalar(1 - Math.exp(-half)))));
}
