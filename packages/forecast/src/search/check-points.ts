import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { checkTargets } from '../fit/check-targets.ts';
import { decidePlan } from '../fit/plan-options.ts';
import { Forecaster } from '../forecaster.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import type { OptimizeConfig, OptimizeOptions } from './optimize-options.ts';
import { optionsAt } from './options-at.ts';
import { drawPoint, extremes, type SearchPoint } from './search-space.ts';

/** A search that time ends may name more trials than it could ever begin, and checking each takes some microseconds. */
const mostDrawn = 10_000;

interface Checked<T extends Tensor> extends OptimizeOptions {
  readonly config: OptimizeConfig;
  readonly factory: ModelFactory;
  readonly backend: Backend<T>;
  /** Without the test part. */
  readonly before: SeriesSet;
}

/**
 * A wrong value, or values that do not go together, must not be found after hours of trials: every point that will be
 * drawn is tried for its options, and so are the values of lists and the ends of ranges, each in the first point.
 *
 * @param rungs numbers of updates that a trial may have
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, and the model's error for its own options
 */
export function checkPoints<T extends Tensor>(search: Checked<T>, rungs: readonly number[]): void {
  const { space, config, factory, backend, before } = search;
  const first = drawPoint(space, config.seed, 0);
  for (const [name, choice] of Object.entries(space)) {
    for (const value of extremes(choice)) check({ ...first, [name]: value });
  }
  for (let trial = 0; trial < Math.min(config.trials, mostDrawn); trial++) check(drawPoint(space, config.seed, trial));

  function check(point: SearchPoint): void {
    const { forecaster, training } = optionsAt(search, config, point);
    const recipe = new Forecaster(factory, backend, forecaster);
    const [plan] = rungs.map((maxUpdates) => decidePlan({ ...training, maxUpdates }));
    checkTargets(before, recipe.config, plan!.training);
  }
}
