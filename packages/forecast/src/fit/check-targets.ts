import { type SeriesSet, seriesValues, timeAt, writeTime } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import type { ForecasterConfig } from '../forecaster-options.ts';
import { headOf } from '../heads/heads.ts';
import type { TrainingConfig } from '../training/training-options.ts';

/**
 * A loss for counts wants counts, as they are.
 *
 * @throws ForecastError `forecast/option` naming the first value that is none
 */
export function checkTargets(set: SeriesSet, { scaler }: ForecasterConfig, { loss }: TrainingConfig): void {
  if (headOf(loss).data !== 'counts') return;
  if (scaler !== 'none') {
    const message = `scaler: expected none with the loss ${loss.name}, which wants counts as they are; got ${scaler}.`;
    throw new ForecastError('forecast/option', message, { option: 'scaler', received: scaler });
  }
  for (const [series, id] of set.ids.entries()) {
    const values = seriesValues(set, series);
    const step = values.findIndex((value) => !Number.isNaN(value) && !(value >= 0 && Number.isInteger(value)));
    if (step < 0) continue;
    const place = `series '${id}', ${writeTime(set, timeAt(set, series, step))}`;
    throw new ForecastError(
      'forecast/option',
      `loss: ${loss.name} wants counts 0, 1, 2 …; ${place} has ${values[step]}. Use normal or studentT for other values.`,
      { option: 'loss', series: id, received: values[step] },
    );
  }
}
