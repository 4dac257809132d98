import { type Fold, type SeriesSet, type Windows, windows } from '@nt/data';
import type { Json } from '@nt/tensor';
import { type ForecastTable, observedOf } from '../evaluate/forecast-table.ts';
import { ForecastError } from '../forecast-error.ts';
import { readNumbers, writeNumbers } from './number-text.ts';

/** Everything that was forecast in one fold, as JSON: `mergeFolds` makes a report of all of them. */
export interface FoldForecasts {
  readonly format: 'nt-backtest-fold';
  readonly version: 1;
  /** From 0. */
  readonly fold: number;
  /** Data, folds and methods of the backtest that it is part of; folds of others are refused. */
  readonly identity: Json;
  readonly horizon: number;
  /** The fold in which the subject was trained; null when it came trained. */
  readonly trainedIn: number | null;
  readonly quantiles: readonly number[];
  /** The subject first; numbers as base64 of float64, `[windows, horizon]`. */
  readonly methods: readonly {
    readonly method: string;
    readonly point: string;
    readonly quantiles: readonly string[];
  }[];
}

/** How far a backtest is. */
export type BacktestEvent =
  | { readonly type: 'fold-start'; readonly fold: number; readonly folds: number }
  | { readonly type: 'fit-start' | 'fit-end'; readonly method: string; readonly fold: number }
  | {
      readonly type: 'fold-end';
      readonly fold: number;
      readonly folds: number;
      readonly forecasts: FoldForecasts;
      /** It was run before and only taken over. */
      readonly isFinished: boolean;
    };

/** The windows that are forecast in a fold: where they begin; how far back a predictor looks is its own affair. */
export function foldWindows(set: SeriesSet, { test }: Fold, horizon: number, stride = 1): Windows {
  return windows(set, { inputSize: 1, horizon, stride, ranges: test });
}

/** A table of one fold as JSON. */
export function foldForecasts(
  { horizon, quantiles, methods }: ForecastTable,
  about: Pick<FoldForecasts, 'fold' | 'identity' | 'trainedIn'>,
): FoldForecasts {
  const written = methods.map(({ method, point, quantiles: columns }) => {
    return { method, point: writeNumbers(point), quantiles: columns.map(writeNumbers) };
  });
  return { format: 'nt-backtest-fold', version: 1, ...about, horizon, quantiles, methods: written };
}

/** The table of one fold. @throws ForecastError `forecast/fold` when it is damaged */
export function foldTable({ fold, horizon, quantiles, methods }: FoldForecasts, asked: Windows): ForecastTable {
  const read = (text: string): Float64Array => {
    const values = numbersOf(text);
    if (values.length === asked.count * horizon) return values;
    const expected = `${asked.count} windows × ${horizon} steps`;
    throw damagedFold(fold, `expected ${expected}, found ${values.length} numbers`);
  };
  for (const { method, quantiles: columns } of methods) {
    if (columns.length === 0 || columns.length === quantiles.length) continue;
    throw damagedFold(fold, `${method} has ${columns.length} of ${quantiles.length} quantiles`);
  }
  return {
    ...observedOf(asked),
    quantiles,
    methods: methods.map(({ method, point, quantiles: columns }) => {
      return { method, point: read(point), quantiles: columns.map(read) };
    }),
  };
}

/** A fold that cannot be used. */
export function damagedFold(fold: unknown, what: string): ForecastError {
  const message = `Fold ${String(fold)} of the backtest: ${what}. Run this fold again.`;
  return new ForecastError('forecast/fold', message, { fold });
}

function numbersOf(text: string): Float64Array {
  try {
    return readNumbers(text);
  } catch {
    return new Float64Array();
  }
}
