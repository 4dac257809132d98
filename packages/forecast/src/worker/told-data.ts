import { renderReport, type SeriesSet, seasonLength, seriesValues, timeAt, writeTime } from '@nt/data';
import { quantilesOfLevels } from '../predict/levels.ts';
import type { Predictor } from '../predictor.ts';
import type { DataPreview, SeriesPart } from './file-messages.ts';
import type { ForecastReport } from './messages.ts';

/** What a file was read as. */
export function previewOf(name: string, set: SeriesSet): DataPreview {
  const { report, ids, target, frequency, lengths } = set;
  return {
    name,
    report,
    lines: renderReport(report),
    series: ids,
    target,
    seasonLength: seasonLength(frequency),
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
  };
}

/** The newest time steps of a series. */
export function seriesPart(set: SeriesSet, series: number, last: number): SeriesPart {
  const all = seriesValues(set, series);
  const first = Math.max(all.length - last, 0);
  const times = Float64Array.from({ length: all.length - first }, (_, step) => timeAt(set, series, first + step));
  const labels = Array.from(times, (time) => writeTime(set, time));
  return { id: set.ids[series]!, times, labels, values: Float64Array.from(all.subarray(first)) };
}

/** A forecast with its times as the file writes them. @param levels in percent */
export async function labelled(
  set: SeriesSet,
  predictor: Predictor,
  levels: readonly number[],
): Promise<ForecastReport> {
  const forecast = await predictor.predict(set, { quantiles: levels.length > 0 ? quantilesOfLevels(levels) : [] });
  const labelsOf = (times: readonly number[]): string[] => times.map((time) => writeTime(set, time));
  return { ...forecast, series: forecast.series.map((one) => ({ ...one, labels: labelsOf(one.times) })) };
}
