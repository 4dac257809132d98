import { ForecastError } from '../forecast-error.ts';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { headOf } from '../heads/heads.ts';
import type { TrainingConfig } from '../training/training-options.ts';

/**
 * A network that scales each window back takes every output for a value. The parameters of a distribution are none, so
 * that widths would be shifted and shapes scaled.
 *
 * @throws ForecastError `forecast/option`
 */
export function checkWindowScale({ model }: ForecasterConfig, { loss }: TrainingConfig): void {
  const { windowNormalization = 'none' } = model;
  const { quantiles } = headOf(loss);
  if (windowNormalization === 'none' || quantiles !== 'any') return;
  throw new ForecastError(
    'forecast/option',
    `model.windowNormalization: expected none with the loss ${loss.name}, whose outputs are no values; got ${String(windowNormalization)}. Leave it out (series are scaled by the scaler all the same), or use the loss quantile.`,
    { option: 'windowNormalization', received: windowNormalization, loss: loss.name },
  );
}
