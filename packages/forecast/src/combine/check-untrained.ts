import { timeAt, type Windows, writeTime } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import { withModelId } from '../predict/check-data.ts';
import type { Predictor } from '../predictor.ts';

/**
 * Errors on windows that weights were trained on are smaller than those to come, and intervals made of them too narrow.
 *
 * @throws ForecastError `forecast/option` naming the first window whose targets the predictor was trained on
 */
export function checkUntrained({ method, trainedOn }: Predictor, calibration: Windows): void {
  if (trainedOn?.trainedUntil === undefined) return;
  const { trainedUntil } = trainedOn;
  const { count, locate } = calibration;
  const set = withModelId(trainedOn, calibration.set);
  for (let window = 0; window < count; window++) {
    const { series, origin } = locate(window);
    const id = set.ids[series]!;
    const until = Object.hasOwn(trainedUntil, id) ? trainedUntil[id]! : -Infinity;
    const begins = timeAt(set, series, origin);
    if (begins >= until) continue;
    const [first, end] = [begins, until].map((time) => writeTime(set, time));
    throw new ForecastError(
      'forecast/option',
      `calibration: expected windows that ${method} was not trained on, found one of series '${calibration.set.ids[series]}' that begins at ${first}, and it was trained on all before ${end}. Calibrate on the validation part (partOfPlan(plan, 'validation')), or on newer windows.`,
      { option: 'calibration', series: calibration.set.ids[series], first, trainedUntil: end },
    );
  }
}
