import { type Fold, type SeriesSet, type StepRanges, seasonLength as usualSeason } from '@nt/data';
import type { Json } from '@nt/tensor';
import { type ForecastTable, joinTables } from '../evaluate/forecast-table.ts';
import { judge } from '../evaluate/judge.ts';
import { ForecastError } from '../forecast-error.ts';
import { tradingOf } from '../trading/trading-of.ts';
import { type BacktestOptions, type BacktestRunOptions, checkBacktestOptions, foldsOf } from './backtest-options.ts';
import type { Backtest, FoldReport } from './backtest-report.ts';
import { damagedFold, type FoldForecasts, foldTable, foldWindows } from './fold-forecasts.ts';
import { rollingIntervals } from './rolling-intervals.ts';
import { identityOf } from './run-folds.ts';

/**
 * The report of a backtest from its folds, in whatever order they come.
 *
 * @param set the data of the backtest
 * @param options those of the folds
 * @throws ForecastError `forecast/fold` when a fold is missing, damaged, or of another backtest
 */
export function mergeFolds(
  finished: readonly FoldForecasts[],
  set: SeriesSet,
  options: BacktestOptions & BacktestRunOptions,
): Backtest {
  checkBacktestOptions(options);
  const [first] = finished;
  if (!first) throw damagedFold(0, 'missing');
  checkFold(first, withMethodsOf(first, identityOf(set, options, [])));
  for (const fold of finished) checkFold(fold, first.identity);
  const { refit = 1, metrics = [], seasonLength = usualSeason(set.frequency), rollingConformal, trading } = options;
  const folds = foldsOf(set, first.horizon, options);
  const done = folds.map((_, index) => {
    const forecasts = finished.find(({ fold }) => fold === index);
    if (!forecasts) throw damagedFold(index, `missing; there are ${finished.length} of ${folds.length}`);
    return forecasts;
  });
  const tables = folds.map((fold, index) => {
    return foldTable(done[index]!, foldWindows(set, fold, first.horizon, options.stride));
  });
  const judged = (table: ForecastTable): Backtest['evaluation'] => judge(table, { metrics, seasonLength });
  const table = joinTables(tables, quantilesOfAll(tables, options));
  return {
    evaluation: judged(table),
    folds: folds.map((fold, index) => reportOf(fold, done[index]!, judged(tables[index]!))),
    refit,
    unused: folds.reduce((sum, { unused }) => added(sum, unused), { gap: 0, purge: 0, embargo: 0 }),
    rollingConformal: rollingConformal
      ? rollingIntervals(table, options.levels, rollingConformal === true ? {} : rollingConformal)
      : null,
    trading: trading ? tradingOf(table, trading === true ? {} : trading) : null,
    table,
  };
}

/** @throws ForecastError `forecast/fold` unless it is a fold of the backtest with this identity */
export function checkFold(fold: FoldForecasts, identity: Json): void {
  if (fold?.format !== 'nt-backtest-fold' || fold.version !== 1) {
    throw damagedFold(fold?.fold, "expected format 'nt-backtest-fold', version 1");
  }
  const [own, wanted] = [fold.identity, identity] as Record<string, Json>[];
  const other = Object.keys(wanted!).filter((key) => JSON.stringify(own?.[key]) !== JSON.stringify(wanted![key]));
  if (other.length === 0) return;
  const message = `Fold ${fold.fold} is of another backtest: ${other.join(', ')} differ. Give the data and options that it was run with, or run it again.`;
  throw new ForecastError('forecast/fold', message, { fold: fold.fold, other });
}

/**
 * The quantiles that every fold has: which ones are judged where none are asked for is up to how much there was to
 * calibrate on, and that may be more in later folds.
 */
function quantilesOfAll(
  tables: readonly ForecastTable[],
  { levels, quantiles, rollingConformal }: BacktestOptions,
): readonly number[] {
  if (levels?.length === 0 || quantiles?.length === 0) return [];
  const [first] = tables as [ForecastTable, ...ForecastTable[]];
  const common = first.quantiles.filter((quantile) => tables.every((table) => table.quantiles.includes(quantile)));
  if (common.length > 0 || rollingConformal || tables.every((table) => table.quantiles.length === 0)) return common;
  const each = tables.map((table, fold) => `fold ${fold} ${table.quantiles.join(', ') || 'none'}`).join('; ');
  const message = `The folds have no quantile in common: ${each}. Calibrate on more windows, ask all of them for the same levels, or merge them with \`quantiles: []\`, which judges points alone.`;
  throw new ForecastError('forecast/fold', message, { quantiles: tables.map((table) => table.quantiles) });
}

/** Who forecasts is known from the folds alone. */
const withMethodsOf = (fold: FoldForecasts, identity: Json): Json => ({
  ...(identity as Record<string, Json>),
  methods: (fold.identity as Record<string, Json> | undefined)?.['methods'] ?? [],
});

function reportOf(
  fold: Fold,
  { fold: index, trainedIn }: FoldForecasts,
  evaluation: Backtest['evaluation'],
): FoldReport {
  const { unused } = fold;
  const trainSteps = stepsIn(fold.train) - unused.embargo;
  return { fold: index, trainedIn, trainSteps, validationSteps: stepsIn(fold.validation), unused, evaluation };
}

const stepsIn = ({ starts, ends }: StepRanges): number =>
  starts.reduce((sum, start, series) => sum + ends[series]! - start, 0);

const added = (one: Fold['unused'], other: Fold['unused']): Fold['unused'] => ({
  gap: one.gap + other.gap,
  purge: one.purge + other.purge,
  embargo: one.embargo + other.embargo,
});
