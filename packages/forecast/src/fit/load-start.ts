import type { NamedArrays, NeuralModel, Tensor } from '@nt/tensor';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { headOf, type LossName } from '../heads/heads.ts';
import type { Chosen } from '../options/choice.ts';
import type { RunOptions } from './run-options.ts';

/** What is to be trained from there, in the words of the options. */
interface Wanted {
  readonly forecaster: ForecasterConfig;
  readonly loss: Chosen<LossName>;
  readonly covariates: Readonly<Record<'historic' | 'future' | 'static', readonly string[]>>;
}

/**
 * Puts the weights to begin with into a network.
 *
 * @throws ForecastError `forecast/option` saying in which options the two differ, when the weights do not fit
 */
export function loadStart<T extends Tensor>(
  model: NeuralModel<T>,
  weights: NamedArrays,
  from: RunOptions['from'],
  wanted: Wanted,
): void {
  try {
    model.loadWeights(weights);
  } catch (cause) {
    const differences = from instanceof FittedForecaster ? differencesOf(from, wanted) : [];
    const why = differences.length > 0 ? `: ${differences.join('; ')}` : ` (${(cause as Error).message})`;
    throw new ForecastError(
      'forecast/option',
      `from: these weights do not fit the network of this plan${why}. A warm start needs the network that they were trained in; leave from out to begin anew.`,
      { option: 'from', differences },
      cause,
    );
  }
}

function differencesOf({ state }: FittedForecaster, { forecaster, loss, covariates }: Wanted): readonly string[] {
  const { historic, future, static: fixed } = state.data;
  // Losses that give as many numbers share their networks.
  const isOtherHead = headOf(state.loss).outputs !== headOf(loss).outputs;
  const pairs: readonly [string, unknown, unknown][] = [
    ['horizon', state.forecaster.horizon, forecaster.horizon],
    ['inputSize', state.forecaster.inputSize, forecaster.inputSize],
    ['loss', state.loss, isOtherHead ? loss : state.loss],
    ['model', state.forecaster.model, forecaster.model],
    ['calendar', state.forecaster.calendar, forecaster.calendar],
    ['covariates', { historic, future, static: fixed }, covariates],
  ];
  return pairs.flatMap(([name, there, here]) => {
    const [was, is] = [JSON.stringify(there), JSON.stringify(here)];
    return was === is ? [] : [`${name} ${was} there, ${is} here`];
  });
}
