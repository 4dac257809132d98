import type { SeriesSet, Windows } from '@nt/data';
import { canTell } from '../predict/check-quantiles-told.ts';
import type { Predictor } from '../predictor.ts';
import { actualOf } from './actual-of.ts';

/** Where a window begins. */
export interface Place {
  readonly series: number;
  /** Step of the first target. */
  readonly origin: number;
}

/** What one method said of every window of a table. */
export interface MethodForecasts {
  readonly method: string;
  /** `[windows, horizon]` */
  readonly point: Float64Array;
  /** One `[windows, horizon]` for each quantile of the table; empty for methods without quantiles. */
  readonly quantiles: readonly Float64Array[];
}

/** Forecasts of several methods beside what came, for the same windows. */
export interface ForecastTable {
  readonly set: SeriesSet;
  readonly horizon: number;
  readonly places: readonly Place[];
  /** `[windows, horizon]`, NaN where not observed. */
  readonly actual: Float64Array;
  /** Ascending, in (0, 1). */
  readonly quantiles: readonly number[];
  readonly methods: readonly MethodForecasts[];
}

/** Asks predictors for the windows of one set; those that cannot give the quantiles give their point forecasts alone. */
export async function forecastTable(
  predictors: readonly Predictor[],
  windows: Windows,
  quantiles: readonly number[],
): Promise<ForecastTable> {
  const methods: MethodForecasts[] = [];
  for (const predictor of predictors) {
    const { method } = predictor;
    methods.push({
      method,
      ...(await predictor.predictWindows(windows, canTell(predictor, quantiles) ? quantiles : [])),
    });
  }
  return { ...observedOf(windows), quantiles, methods };
}

/** What came in each window. */
export function observedOf(windows: Windows): Pick<ForecastTable, 'set' | 'horizon' | 'places' | 'actual'> {
  const { count, horizon, set } = windows;
  const places = Array.from({ length: count }, (_, window) => windows.locate(window));
  return { set, horizon, places, actual: actualOf(windows) };
}

/**
 * Tables over the same set and methods, such as those of folds, one behind the other.
 *
 * @param quantiles in each of the tables, wherever they stand there
 */
export function joinTables(tables: readonly ForecastTable[], quantiles: readonly number[]): ForecastTable {
  const [first] = tables as [ForecastTable, ...ForecastTable[]];
  const columnOf = ({ methods, quantiles: own }: ForecastTable, m: number, quantile: number): Float64Array =>
    methods[m]!.quantiles[own.indexOf(quantile)]!;
  const join = (arraysOf: (table: ForecastTable) => Float64Array): Float64Array => {
    const arrays = tables.map(arraysOf);
    const out = new Float64Array(arrays.reduce((total, { length }) => total + length, 0));
    let at = 0;
    for (const array of arrays) {
      out.set(array, at);
      at += array.length;
    }
    return out;
  };
  return {
    ...first,
    places: tables.flatMap(({ places }) => places),
    actual: join(({ actual }) => actual),
    quantiles,
    methods: first.methods.map(({ method }, m) => {
      // Of what a method could not tell in one of the tables, the whole has no column.
      const told = tables.every(({ methods }) => methods[m]!.quantiles.length > 0) ? quantiles : [];
      return {
        method,
        point: join(({ methods }) => methods[m]!.point),
        quantiles: told.map((quantile) => join((table) => columnOf(table, m, quantile))),
      };
    }),
  };
}
