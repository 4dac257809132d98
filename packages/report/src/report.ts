import type { DataReport, SeriesSet } from '@nt/data';
import type { Backtest, BlendExplanation, Evaluation, Trading } from '@nt/forecast';
import type { HistoryRow, TrainResult } from '@nt/trainer';

/**
 * What a page tells: plain data, each part only if there is one. JSON that came from it and back (where numbers that are
 * not finite are null) is as good.
 */
export interface Report {
  readonly title: string;
  /** When it was made, as it is to be read. */
  readonly created?: string | undefined;
  /** Name of what is forecast. */
  readonly target?: string | undefined;
  /** How times are written: the series set, or these two of it. Without: ISO 8601, UTC. */
  readonly times?: Pick<SeriesSet, 'frequency' | 'timeForm'> | undefined;
  /** What a person should know before trusting it. */
  readonly notices?: readonly string[] | undefined;
  readonly forecast?: ReportForecast | undefined;
  /** Methods compared on data that none of them has seen. */
  readonly evaluation?: Evaluation | undefined;
  readonly backtest?: ReportBacktest | undefined;
  readonly trading?: Trading | undefined;
  /** What the recipe chose, and why. */
  readonly recipe?: BlendExplanation | undefined;
  readonly training?: ReportTraining | undefined;
  readonly data?: DataReport | undefined;
  /** What computed: names and values. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** What was typed. */
  readonly command?: string | undefined;
  /** TypeScript that gives the same. */
  readonly script?: string | undefined;
}

/** What comes next, for the series that are drawn. */
export interface ReportForecast {
  readonly horizon: number;
  readonly series: readonly ReportSeries[];
  /** Series that were forecast, drawn or not. */
  readonly seriesForecast: number;
}

/** The end of a series and its forecast. Times in milliseconds since the epoch, or rows. */
export interface ReportSeries {
  readonly id: string;
  readonly history: { readonly at: readonly number[]; readonly values: readonly number[] };
  readonly ahead: { readonly at: readonly number[]; readonly values: readonly number[] };
  /** Narrow ones first. */
  readonly intervals: readonly {
    readonly level: number;
    readonly lower: readonly number[];
    readonly upper: readonly number[];
  }[];
  /** What the forecast is the sum of; absent where the model cannot say. */
  readonly parts?: readonly { readonly name: string; readonly values: readonly number[] }[] | undefined;
}

/** What a backtest found, without the table of all its forecasts. */
export interface ReportBacktest extends Pick<Backtest, 'folds' | 'refit' | 'unused'> {
  readonly rolling: NonNullable<Backtest['rollingConformal']>['scores'] | null;
  /** Forecasts beside what came, of the first series. */
  readonly drawn: readonly ReportWalk[];
}

/** A series, and what methods said of it. */
export interface ReportWalk {
  readonly id: string;
  /** What came, from the first drawn forecast on. */
  readonly actual: { readonly at: readonly number[]; readonly values: readonly number[] };
  /** Of the forecasts; a step without value stands behind each. */
  readonly at: readonly number[];
  readonly methods: readonly { readonly method: string; readonly values: readonly number[] }[];
}

/** How training went. */
export interface ReportTraining {
  readonly history: readonly HistoryRow[];
  /** Absent of a model whose folder does not keep it. */
  readonly result?: Omit<TrainResult, 'history' | 'profile' | 'capture'> | undefined;
  /** Windows of each part. */
  readonly windows?: { readonly train: number; readonly validation: number; readonly test: number } | undefined;
}
