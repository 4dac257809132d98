import { fitScaler, seriesValues, windows } from '@nt/data';
import type { FittedRidge } from '@nt/linear';
import type { PublicSeries } from './public-series.ts';

/** Mean squared and absolute error over all windows of the test part, scaled by the training part. */
export async function testErrors(
  fitted: FittedRidge,
  { set, horizon, split }: PublicSeries,
): Promise<{ readonly windows: number; readonly mse: number; readonly mae: number }> {
  const judged = windows(set, { inputSize: 1, horizon, ranges: split.test });
  const found = await fitted.forecastWindows(judged);
  const scaled = fitScaler(set, { kind: 'standard', ranges: split.train }).transform(set, { precision: 'float64' });
  const unit = set.ids.map((_, series) => {
    const [values, scores] = [seriesValues(set, series), seriesValues(scaled, series)];
    const other = values.findIndex((value) => value !== values[0]);
    return (values[other]! - values[0]!) / (scores[other]! - scores[0]!);
  });
  let squares = 0;
  let sizes = 0;
  for (let window = 0; window < judged.count; window++) {
    const { series, origin } = judged.locate(window);
    const values = seriesValues(set, series);
    for (let step = 0; step < horizon; step++) {
      const error = (found[window * horizon + step]! - values[origin + step]!) / unit[series]!;
      squares += error * error;
      sizes += Math.abs(error);
    }
  }
  return { windows: judged.count, mse: squares / found.length, mae: sizes / found.length };
}
