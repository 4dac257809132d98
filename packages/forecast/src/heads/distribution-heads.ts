import type { NetworkOps, Tensor } from '@nt/tensor';
import { type Loss, negativeBinomialLoss, normalLoss, studentTLoss } from '@nt/trainer/losses';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import { negativeBinomialQuantile } from '../statistics/negative-binomial.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import type { DistributionName, Head } from './head.ts';

/** Options of the losses `normal` and `studentT`. */
export interface ScaleOptions {
  /**
   * Least width of the distribution, in scaled units; default 0.001. neuralforecast has 0.2, which is wider than what is
   * left of many series when they are scaled. With N-HiTS' `windowNormalization` the network itself adds what
   * neuralforecast does, 0.2 (Student's t: 0.1) of the window's deviation, and this comes on top.
   */
  readonly minScale?: number;
}

/** The distribution's parameters of one time step, as the loss sees them, from the network's outputs. */
type Parameter = 'free' | { readonly above: number };

/**
 * A Normal distribution for each time step: outputs mean and, through softplus, deviation. The point forecast is the mean.
 *
 * Source: neuralforecast's `DistributionLoss('Normal')`. Differs: any quantile is exact where that one draws samples.
 */
export const normalHead = (options: ScaleOptions): Head =>
  distributionHead(
    'normal',
    ['free', { above: leastScale('normal', options) }],
    normalLoss(),
    'any scale',
    ([mean, deviation]) => ({
      point: mean!,
      quantile: (q) => mean! + deviation! * normalQuantile(q),
    }),
  );

/**
 * Student's t distribution for each time step, with heavier tails: outputs degrees of freedom (above 3), location, scale.
 * The point forecast is the location.
 *
 * Source: neuralforecast's `DistributionLoss('StudentT')`.
 */
export const studentTHead = (options: ScaleOptions): Head =>
  distributionHead(
    'studentT',
    [{ above: 3 }, 'free', { above: leastScale('studentT', options) }],
    studentTLoss(),
    'any scale',
    ([freedom, location, scale]) => ({
      point: location!,
      quantile: (q) => location! + scale! * studentTQuantile(q, freedom!),
    }),
  );

/**
 * A negative binomial distribution for each time step, for counts: outputs mean and dispersion. The point forecast is the
 * mean; quantiles are whole numbers. It wants data as they are: `scaler: 'none'`.
 *
 * Source: neuralforecast's `DistributionLoss('NegativeBinomial')`.
 */
export const negativeBinomialHead = (options: object): Head => {
  checkKeys('negativeBinomial', options, []);
  return distributionHead(
    'negativeBinomial',
    [{ above: 1e-6 }, { above: 1e-6 }],
    negativeBinomialLoss(),
    'counts',
    ([mean, dispersion]) => ({ point: mean!, quantile: (q) => negativeBinomialQuantile(q, mean!, dispersion!) }),
  );
};

interface Reading {
  readonly point: number;
  readonly quantile: (q: number) => number;
}

function distributionHead(
  distribution: DistributionName,
  parameters: readonly Parameter[],
  loss: Loss,
  data: Head['data'],
  readStep: (values: readonly number[]) => Reading,
): Head {
  const count = parameters.length;
  return {
    outputs: count,
    distribution,
    quantiles: 'any',
    data,
    loss: (ops, output, target, where) => loss(ops, toParameters(ops, output, parameters), target, where),
    read: (outputs, asked) => {
      const point = new Float64Array(outputs.length / count);
      const columns = asked.map(() => new Float64Array(point.length));
      for (let row = 0; row < point.length; row++) {
        const values = parameters.map((parameter, k) => {
          const raw = outputs[row * count + k]!;
          return parameter === 'free' ? raw : softplus(raw) + parameter.above;
        });
        const reading = readStep(values);
        point[row] = reading.point;
        asked.forEach((q, i) => {
          columns[i]![row] = reading.quantile(q);
        });
      }
      return { point, quantiles: columns };
    },
  };
}

/** `[batch, horizon, parameters]`: what must be positive, made so. */
function toParameters<T extends Tensor>(ops: NetworkOps<T>, output: T, parameters: readonly Parameter[]): T {
  const [batch, horizon] = output.shape as [number, number];
  const columns = parameters.map((parameter, k) => {
    const raw = ops.slice(output, [0, 0, k], [batch, horizon, 1]);
    return parameter === 'free' ? raw : ops.add(ops.softplus(raw), ops.tensor([parameter.above], []));
  });
  return ops.concat(columns, 2);
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function leastScale(name: string, options: ScaleOptions): number {
  checkKeys(name, options, ['minScale']);
  const { minScale = 1e-3 } = options;
  if (!(minScale > 0 && minScale < Infinity)) throw badOption(`${name}: minScale`, 'a number above 0', minScale);
  return minScale;
}
