import type { SeriesSet } from '@nt/data';
import { forecastParts, type Predictor } from '@nt/forecast';
import type { ReportForecastOptions } from '@nt/report';

/** What forecasts are the sum of, by series; undefined where the model cannot say. */
export async function partsOf(predictor: Predictor, set: SeriesSet): Promise<ReportForecastOptions['parts']> {
  const parts = await forecastParts(predictor, set);
  return parts === null
    ? undefined
    : new Map(parts.map(({ id, parts: own }) => [id, own.map(({ name, values }) => ({ name, values: [...values] }))]));
}
