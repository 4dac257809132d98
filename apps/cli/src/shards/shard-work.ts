import { DataError, formatFrequency, type SeriesSet, type TableReading, writeTime } from '@nt/data';
import { openParts, type RowSpan } from '@nt/data/node';
import { type Forecast, ForecastError, type ForecastNotice, type PredictOptions, type Predictor } from '@nt/forecast';
import { type ShardForm, shardText } from './shard-text.ts';

/** What is asked of the model, for every series. */
export type ShardAsk = Pick<PredictOptions, 'horizon' | 'levels' | 'quantiles'>;

/** What decides the forecasts of all shards, beside model and data. */
export interface ShardPlan {
  /** How the files are read: the model's reading and what was told, with all that series must have in common. */
  readonly reading: TableReading;
  readonly ask: ShardAsk;
  readonly form: ShardForm;
}

/** A moment, in milliseconds and as the data write it. */
export interface Moment {
  readonly time: number;
  readonly text: string;
}

/** What a shard came to. */
export interface ShardSummary {
  readonly series: number;
  /** First and last time of its forecasts; null without any. */
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly endsDiffer: boolean;
  readonly notices: readonly ForecastNotice[];
  /** Why there is none. */
  readonly problem: string | null;
}

/** A shard that was forecast. */
export interface ShardResult {
  readonly summary: ShardSummary;
  /** Its part of the output. */
  readonly text: string;
}

/** The reading of a shard, which cannot find out by itself what is common to all. */
export const withFrequency = (reading: TableReading, { trainedOn }: Predictor): TableReading => {
  const known = trainedOn?.frequency;
  if (known === undefined || known.unit === 'row') return reading;
  return { ...reading, frequency: reading.frequency ?? formatFrequency(known) };
};

/** Reads and forecasts shards one by one; of each nothing stays in memory. */
export function shardForecaster(
  forecaster: Predictor,
  { reading, ask, form }: ShardPlan,
): (spans: readonly RowSpan[]) => Promise<ShardResult> {
  const files = openParts({}, reading);
  return async (spans) => {
    const set = await files.read(spans);
    try {
      const forecast = await forecaster.predict(set, ask);
      return { summary: summaryOf(set, forecast), text: shardText(forecast, set, form) };
    } catch (error) {
      if (!isUnobserved(error)) throw error;
      const none = { series: 0, from: null, to: null, endsDiffer: false, notices: [], problem: error.message };
      return { summary: none, text: '' };
    }
  };
}

/** Whether no series of a shard can be forecast; those of others may be. */
export const isUnobserved = (error: unknown): error is ForecastError =>
  ForecastError.isInstance(error) && error.code === 'forecast/too-short' && Array.isArray(error.details['series']);

/** A shard of few rows that do not show what is common to all. */
export const isTooFew = (error: unknown): boolean =>
  DataError.isInstance(error) && (error.code === 'data/too-short' || error.code === 'data/frequency');

function summaryOf(set: SeriesSet, { series, notices }: Forecast): ShardSummary {
  let [from, to, latestFirst] = [Infinity, -Infinity, -Infinity];
  for (const { times } of series) {
    from = Math.min(from, times[0]!);
    latestFirst = Math.max(latestFirst, times[0]!);
    to = Math.max(to, times.at(-1)!);
  }
  const moment = (time: number): Moment => ({ time, text: writeTime(set, time) });
  const span = { from: moment(from), to: moment(to), endsDiffer: latestFirst > from };
  return { series: series.length, ...span, notices, problem: null };
}
