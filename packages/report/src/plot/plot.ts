/** A line of a plot. Values that are not finite are gaps. */
export interface PlotLine {
  readonly name: string;
  /** Where on the x axis: milliseconds since the epoch, or plain numbers. Ascending. */
  readonly at: readonly number[];
  readonly values: ArrayLike<number>;
  /** What it is, which gives its colour: `known` values, a `forecast` (thicker), or one of several alike (default). */
  readonly role?: 'known' | 'forecast' | undefined;
  readonly isDashed?: boolean | undefined;
}

/** An interval of a plot, in the colour of forecasts. */
export interface PlotBand {
  readonly name: string;
  readonly at: readonly number[];
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** A picture of lines over time, or over a number. */
export interface Plot {
  readonly title: string;
  /** What is seen, for those who cannot see it. */
  readonly description?: string | undefined;
  /** Of the x axis: `time` (default) takes milliseconds, shown in UTC. */
  readonly x?: 'time' | 'number' | undefined;
  /** Below the x axis. */
  readonly xTitle?: string | undefined;
  /** Above the y axis: what the values are. */
  readonly yTitle?: string | undefined;
  readonly lines: readonly PlotLine[];
  /** Narrow ones first; they lie behind the lines, the wider the paler. */
  readonly bands?: readonly PlotBand[] | undefined;
}
