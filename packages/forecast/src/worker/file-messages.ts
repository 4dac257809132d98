import type { CsvOptions, DataReport } from '@nt/data';

/** How a file is read: options of the readers of `@nt/data`, those of CSV for CSV only. */
export type ReadOptions = Omit<CsvOptions, 'name'>;

/** A file, and how it is read. Its name says the format, as for `readTable`. */
export interface FileRequest {
  /** Default: the one in hand, which is read again. */
  readonly file?: Blob | undefined;
  /** Default: that of the `File`. */
  readonly name?: string | undefined;
  readonly options?: ReadOptions | undefined;
  /**
   * Reads it as the data of the model in hand were read, where `options` say nothing: the same target, covariates and
   * levels. Default false.
   */
  readonly asModel?: boolean | undefined;
}

/** What a file was read as. */
export interface DataPreview {
  readonly name: string;
  readonly report: DataReport;
  /** The report as lines for people. */
  readonly lines: readonly string[];
  /** Ids of the series, in the order of the data. */
  readonly series: readonly string[];
  readonly target: string;
  /** Time steps of the season that one expects of this frequency; 1 = none. */
  readonly seasonLength: number;
  /** Time steps of the longest series. */
  readonly longest: number;
}

/** The newest time steps of a series, for a chart. */
export interface SeriesPart {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  /** The times as the file writes them. */
  readonly labels: readonly string[];
  readonly values: Float64Array;
}

/** Which lines of a text file to show. Lines count from 1. */
export interface LinesRequest {
  /** Default: the one in hand. */
  readonly file?: Blob | undefined;
  readonly first: number;
  readonly last: number;
}
