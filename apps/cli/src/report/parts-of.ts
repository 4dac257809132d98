import type { SeriesSet } from '@nt/data';
import { FittedForecaster, type Predictor } from '@nt/forecast';
import type { ReportForecastOptions } from '@nt/report';

/** What forecasts are the sum of, by series; undefined where the model cannot say. */
export async function partsOf(predictor: Predictor, set: SeriesSet): Promise<ReportForecastOptions['parts']> {
  const network = networkOf(predictor);
  const parts = (await network?.decompose(set)) ?? null;
  return parts === null
    ? undefined
    : new Map(parts.map(({ id, parts: own }) => [id, own.map(({ name, values }) => ({ name, values: [...values] }))]));
}

/** The network alone, or inside what gives it intervals: then its points are the forecast. */
function networkOf(predictor: Predictor): FittedForecaster | undefined {
  if (predictor instanceof FittedForecaster) return predictor;
  const { kind, members = [] } = predictor.saving ?? {};
  return kind === 'conformal' ? networkOf(members[0]!) : undefined;
}
