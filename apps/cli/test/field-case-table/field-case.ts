import type { NtResult } from '../run-nt.ts';

/** A file as people have it, the flags they would give, and what they would call right. */
export interface FieldCase {
  /** Number in the collection, if it came from there, and the situation. */
  readonly title: string;
  /** A file of `test/field-cases`, or the name of the one that `make` makes. */
  readonly file: string;
  readonly make?: () => string | Uint8Array;
  /** Flags of `nt train`, beside the size of the network. */
  readonly flags?: readonly string[];
  /** The command must fail and say all of this. */
  readonly fails?: readonly RegExp[];
  /** 2 when the command was called wrongly; default 1. */
  readonly code?: number;
  /** `nt train` must say all of this. */
  readonly says?: readonly RegExp[];
  /** What nobody may be told. */
  readonly never?: RegExp;
  /** The target as it must have been read. */
  readonly values?: { readonly count: number; readonly first: number; readonly last: number; readonly series?: number };
  /** First and last time of the first series' forecast, as `forecast.csv` must write them. */
  readonly ahead?: readonly [first: string | RegExp, last: string | RegExp];
  /** Flags of `nt forecast`, beside the model: a second file (of the same folder) perhaps. */
  readonly forecast?: readonly string[];
  /** `nt forecast` must fail and say all of this. */
  readonly forecastFails?: readonly RegExp[];
  readonly forecastSays?: readonly RegExp[];
  /** `nt evaluate` must say this. */
  readonly evaluates?: RegExp;
  /** Anything else about the forecast. */
  readonly check?: (forecast: ForecastRows, run: NtResult) => void;
  /** Why it was decided otherwise than the collection says. */
  readonly otherwise?: string;
}

/** Rows of `forecast.csv`. */
export interface ForecastRows {
  readonly header: string;
  readonly ids: readonly string[];
  readonly times: readonly string[];
  /** As written. */
  readonly values: readonly string[];
}

/** `from` plus `step` days, `2023-01-02`. */
export const day = (from: string, step: number): string =>
  new Date(Date.parse(from) + 86_400_000 * step).toISOString().slice(0, 10);

/** A gentle wave near `level`. */
export const wave = (step: number, level = 100): number => level + Math.round(1000 * Math.sin(step / 3)) / 100;

/** 150 days of a wave as `head` and a line for each, by default `date,sales`. */
export function daily(
  line: (date: string, value: number, step: number) => string = (date, value) => `${date},${value}`,
  head = 'date,sales',
): string {
  const rows = Array.from({ length: 150 }, (_, step) => line(day('2023-01-02', step), wave(step), step));
  return `${[head, ...rows].join('\n')}\n`;
}
