import type { Fold, SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { Forecaster } from '../forecaster.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { isTooShort } from '../recipe/is-too-short.ts';
import type { OptimizeConfig, OptimizeOptions } from './optimize-options.ts';
import { optionsAt } from './options-at.ts';
import { ratesOf, type TestedRates } from './rate-range.ts';
import { drawPoint } from './search-space.ts';

interface Search<T extends Tensor> extends OptimizeOptions {
  readonly config: OptimizeConfig;
  readonly factory: ModelFactory;
  readonly backend: Backend<T>;
  readonly before: SeriesSet;
  readonly walk: readonly Fold[];
}

/** Points of which one long enough for the data is looked for. */
const mostPoints = 20;

/**
 * Where a learning rate is worth searching: a test on the training part of the first fold, with the options of the first
 * trial that the data are long enough for.
 */
export async function testedRates<T extends Tensor>(search: Search<T>): Promise<TestedRates> {
  const { space, config, factory, backend, before, walk } = search;
  for (let trial = 0; trial < Math.min(config.trials, mostPoints); trial++) {
    const { forecaster, training } = optionsAt(search, config, drawPoint(space, config.seed, trial));
    const recipe = new Forecaster(factory, backend, forecaster);
    try {
      const plan = recipe.plan(before, { ...training, split: walk[0]! });
      return ratesOf(await recipe.findLearningRate(plan));
    } catch (error) {
      if (!isTooShort(error)) throw error;
    }
  }
  return { suggestion: null, range: null };
}
