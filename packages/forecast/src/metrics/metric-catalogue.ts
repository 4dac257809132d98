import { nearestName } from '@nt/tensor';
import { badArgument, checkList } from '../check-arguments.ts';
import { bias } from './bias.ts';
import { crps } from './crps.ts';
import { directionalAccuracy } from './directional-accuracy.ts';
import { coverage, type IntervalForecast, intervalWidth, winkler } from './interval-metrics.ts';
import { mae } from './mae.ts';
import { mape } from './mape.ts';
import { mase } from './mase.ts';
import type { MetricOptions } from './metric-options.ts';
import { mse } from './mse.ts';
import { pinball } from './pinball.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';
import { rmsse } from './rmsse.ts';
import { smape } from './smape.ts';
import { smape100 } from './smape100.ts';
import { wape } from './wape.ts';
import { weightedQuantileLoss } from './weighted-quantile-loss.ts';

/** What a metric may look at besides the actual values and their mask and weights. */
export interface MetricInputs {
  /** point forecasts, `[values]` */
  readonly point: ArrayLike<number>;
  /** `values`: `[values, levels]` */
  readonly quantiles: { readonly levels: ArrayLike<number>; readonly values: ArrayLike<number> };
  /** one interval for each value, and its nominal level */
  readonly interval: IntervalForecast & { readonly level: number };
  /** `maseScale` of the training part */
  readonly maseScale: number;
  /** `rmsseScale` of the training part */
  readonly rmsseScale: number;
  /** the last known value before each forecast, `[values]` */
  readonly previous: ArrayLike<number>;
}

/** The values to judge, and whatever the metrics asked for need. */
export type MetricInput = { readonly actual: ArrayLike<number> } & MetricOptions & {
    readonly [Need in keyof MetricInputs]?: MetricInputs[Need] | undefined;
  };

/** One metric as a table or an option list knows it. */
export interface MetricEntry {
  /** what it looks at besides the actual values */
  readonly needs: readonly (keyof MetricInputs)[];
  /** `smaller` or `larger` is better, or nearest to `zero` or to the interval's nominal `level` */
  readonly better: 'smaller' | 'larger' | 'zero' | 'level';
  /** of the result: the data's unit, its square, percent, a share 0 … 1, or none */
  readonly unit: 'data' | 'data²' | '%' | 'share' | 'none';
  /** The metric over all points that are given. */
  readonly compute: (input: MetricInputs & { readonly actual: ArrayLike<number> }, options: MetricOptions) => number;
}

/** A metric's name, as in `metrics: ['mae', 'coverage']`. */
export type MetricName =
  | 'mae'
  | 'mse'
  | 'rmse'
  | 'bias'
  | 'mape'
  | 'smape'
  | 'smape100'
  | 'wape'
  | 'mase'
  | 'rmsse'
  | 'r2'
  | 'directionalAccuracy'
  | 'pinball'
  | 'weightedQuantileLoss'
  | 'crps'
  | 'coverage'
  | 'intervalWidth'
  | 'winkler';

const atPoint = (
  metric: (actual: ArrayLike<number>, forecast: ArrayLike<number>, options: MetricOptions) => number,
): Pick<MetricEntry, 'needs' | 'compute'> => ({
  needs: ['point'],
  compute: ({ actual, point }, options) => metric(actual, point, options),
});

const ofQuantiles = (metric: typeof pinball): Pick<MetricEntry, 'needs' | 'compute'> => ({
  needs: ['quantiles'],
  compute: ({ actual, quantiles: { levels, values } }, options) => metric(actual, values, { ...options, levels }),
});

const ofInterval = (metric: typeof coverage): Pick<MetricEntry, 'needs' | 'compute'> => ({
  needs: ['interval'],
  compute: ({ actual, interval }, options) => metric(actual, interval, options),
});

/** Every metric that can be asked for by name: what it needs, its unit, and what is better. */
export const metricCatalogue: Readonly<Record<MetricName, MetricEntry>> = {
  mae: { ...atPoint(mae), better: 'smaller', unit: 'data' },
  mse: { ...atPoint(mse), better: 'smaller', unit: 'data²' },
  rmse: { ...atPoint(rmse), better: 'smaller', unit: 'data' },
  bias: { ...atPoint(bias), better: 'zero', unit: 'data' },
  mape: { ...atPoint(mape), better: 'smaller', unit: '%' },
  smape: { ...atPoint(smape), better: 'smaller', unit: '%' },
  smape100: { ...atPoint(smape100), better: 'smaller', unit: '%' },
  wape: { ...atPoint(wape), better: 'smaller', unit: '%' },
  mase: {
    needs: ['point', 'maseScale'],
    better: 'smaller',
    unit: 'none',
    compute: ({ actual, point, maseScale: scale }, options) => mase(actual, point, { ...options, scale }),
  },
  rmsse: {
    needs: ['point', 'rmsseScale'],
    better: 'smaller',
    unit: 'none',
    compute: ({ actual, point, rmsseScale: scale }, options) => rmsse(actual, point, { ...options, scale }),
  },
  r2: { ...atPoint(r2), better: 'larger', unit: 'none' },
  directionalAccuracy: {
    needs: ['point', 'previous'],
    better: 'larger',
    unit: 'share',
    compute: ({ actual, point, previous }, options) => directionalAccuracy(actual, point, { ...options, previous }),
  },
  pinball: { ...ofQuantiles(pinball), better: 'smaller', unit: 'data' },
  weightedQuantileLoss: { ...ofQuantiles(weightedQuantileLoss), better: 'smaller', unit: 'none' },
  crps: { ...ofQuantiles(crps), better: 'smaller', unit: 'data' },
  coverage: { ...ofInterval(coverage), better: 'level', unit: 'share' },
  intervalWidth: { ...ofInterval(intervalWidth), better: 'smaller', unit: 'data' },
  winkler: {
    needs: ['interval'],
    better: 'smaller',
    unit: 'data',
    compute: ({ actual, interval }, options) => winkler(actual, interval, { ...options, level: interval.level }),
  },
};

/** The names of the catalogue, in the order of the documentation. */
export const metricNames: readonly MetricName[] = Object.keys(metricCatalogue) as MetricName[];

/**
 * Checks names that come from outside, such as an option list.
 *
 * @throws ForecastError `forecast/option` for a name that is not in the catalogue, naming the nearest
 */
export function checkMetricNames(names: readonly string[]): asserts names is readonly MetricName[] {
  checkList('metrics', names, 'names');
  for (const name of names) {
    if (Object.hasOwn(metricCatalogue, name)) continue;
    throw badArgument(
      `metrics: there is no '${name}'; did you mean '${nearestName(String(name), metricNames)}'? Known: ${metricNames.join(', ')}.`,
      { option: 'metrics', received: name },
    );
  }
}

/**
 * One metric by name.
 *
 * @throws ForecastError `forecast/option` for an unknown name, or when the input lacks what the metric needs
 */
export function computeMetric(name: MetricName, input: MetricInput): number {
  checkMetricNames([name]);
  const { needs, compute } = metricCatalogue[name];
  const missing = needs.find((need) => input[need] === undefined);
  if (missing !== undefined) {
    throw badArgument(`${name} needs ${needs.join(' and ')}; the input has no ${missing}.`, { metric: name, missing });
  }
  return compute(input as Parameters<typeof compute>[0], { mask: input.mask, weights: input.weights });
}
