import { ForecastError } from '../forecast-error.ts';
import { headOf } from '../heads/heads.ts';
import { decideOptions } from '../options/option.ts';
import { augmentationOf } from './augmentations.ts';
import { type TrainingConfig, type TrainingOptions, trainingOptionTable } from './training-options.ts';
import { updateRecipe } from './update-recipe.ts';

/**
 * Fills in what was not said and checks everything, also what only the chosen library functions can.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, and the errors of the chosen functions
 */
export function decideTraining(options: TrainingOptions): TrainingConfig {
  const config = decideOptions('training', trainingOptionTable, options);
  if (config.optimizer.name === 'scheduleFreeAdamw' && (config.averaging.name !== 'none' || config.lookahead)) {
    throw new ForecastError(
      'forecast/option',
      'optimizer: scheduleFreeAdamw averages the weights itself; leave averaging and lookahead out, or choose another.',
      { option: 'optimizer', received: 'scheduleFreeAdamw' },
    );
  }
  // The chosen functions check their options when they are called; how long the run is makes no difference to that.
  headOf(config.loss);
  config.augment.forEach(augmentationOf);
  updateRecipe(config, { totalUpdates: 1000, updatesPerEpoch: 10 });
  return config;
}
