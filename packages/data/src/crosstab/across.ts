/** A column whose name is a time, or a part of one. */
export interface AcrossColumn {
  readonly name: string;
  /** Month, quarter, week or day of a month from 1; step of the day from 0; milliseconds since the epoch of a time. */
  readonly part: number;
  /** The second of two hours with one name, where clocks are put back. */
  readonly isSecond?: boolean;
}

/** Columns of a crosstab: all that there are of one kind, in the order of time. */
export interface Across {
  readonly kind: 'month' | 'quarter' | 'week' | 'day' | 'hour' | 'time';
  /** What messages call them: `months of a year`. */
  readonly said: string;
  readonly columns: readonly AcrossColumn[];
  /** Of hours: steps of a day, and whether names are numbers that count them, and name their end. */
  readonly perDay?: number;
  readonly isCounted?: boolean;
  readonly isEnd?: boolean;
  /** Of times: the format of names that have to be told it; several where day and month cannot be told apart. */
  readonly formats?: readonly string[];
  /** Of times: whether all are years, or days. */
  readonly unit?: 'year' | 'day' | 'other';
}
