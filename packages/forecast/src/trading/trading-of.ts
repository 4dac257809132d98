import { seriesValues } from '@nt/data';
import { badArgument, checkInteger, checkKeys } from '../check-arguments.ts';
import type { ForecastTable } from '../evaluate/forecast-table.ts';
import { rowsBySeries } from '../evaluate/rows-by-series.ts';
import { gridOf } from '../statistics/grid.ts';
import { type ForecastPrices, forecastReturns, nonPositivePolicies } from './forecast-returns.ts';
import type { ReturnForecasts } from './sign-trades.ts';
import {
  checkTradingReportOptions,
  type TradingReport,
  type TradingReportOptions,
  tradingReport,
  tradingReportKeys,
} from './trading-report.ts';
import type { Verdict } from './verdict.ts';

/** How forecasts of prices become returns, and how these are judged. */
export interface TradingOptions extends TradingReportOptions, Pick<ForecastPrices, 'step' | 'nonPositive'> {
  /** Whose forecasts; default the first method's. */
  readonly method?: string | undefined;
}

/** What forecasts of prices are worth to a trader: each series on its own, and all together in a sentence. */
export interface Trading {
  readonly method: string;
  /** Time steps that a return spans. */
  readonly step: number;
  /** Strategies tried that each verdict allows for: those of `trials` for each series, since one may pick the best series. */
  readonly trials: number;
  readonly series: readonly { readonly id: string; readonly report: TradingReport }[];
  /** The best that any series shows, after what is due for having looked at all of them. */
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}

const own = ['step', 'nonPositive', 'method'];

/** @throws ForecastError `forecast/unknown-option`, `forecast/option` */
export function checkTradingOptions(options: TradingOptions): void {
  checkKeys('trading', options, [...tradingReportKeys, ...own]);
  checkTradingReportOptions('trading', options);
  const { step, nonPositive = 'error' } = options;
  if (step !== undefined) checkInteger('trading: step', step, 1);
  if (nonPositivePolicies.includes(nonPositive)) return;
  throw badArgument(`trading: nonPositive: expected one of ${nonPositivePolicies.join(', ')}, got ${nonPositive}.`);
}

/**
 * The trading block of a report: returns from the last known price before each origin to one step of the horizon. Origins
 * that are missing (between folds) keep their place in time and are not traded.
 *
 * Several series are judged one by one and not averaged, since a mean over series that move together would look surer than
 * it is; the number of trials is multiplied by the number of series.
 *
 * @param from a backtest, or a table of forecasts of prices
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function tradingOf(
  from: ForecastTable | { readonly table: ForecastTable },
  options: TradingOptions = {},
): Trading {
  checkTradingOptions(options);
  const table = 'table' in from ? from.table : from;
  const { method = table.methods[0]!.method, step = table.horizon, nonPositive, trials = 1, ...rest } = options;
  const rows = rowsBySeries(table);
  const allTrials = trials * rows.size;
  let skipped = 0;
  const series = [...rows].map(([index, own]) => {
    const returns = returnsOf(table, index, own, { method, step, nonPositive });
    skipped += returns.skipped;
    return { id: table.set.ids[index]!, report: tradingReport(returns.forecasts, { ...rest, trials: allTrials }) };
  });
  const notes = [
    ...(rows.size > 1
      ? [
          `${rows.size} series, each judged on its own; ${allTrials} trials are allowed for (${trials} × ${rows.size} series)`,
        ]
      : []),
    ...(skipped > 0 ? [`${skipped} origins have no return: a price is 0 or less`] : []),
  ];
  return { method, step, trials: allTrials, series, verdict: verdictOf(series), notes };
}

function returnsOf(
  { set, horizon, places, actual, methods }: ForecastTable,
  series: number,
  rows: readonly number[],
  {
    method,
    step,
    nonPositive,
  }: Required<Pick<TradingOptions, 'method' | 'step'>> & Pick<TradingOptions, 'nonPositive'>,
): { readonly forecasts: ReturnForecasts; readonly skipped: number } {
  const forecast = methods.find((one) => one.method === method)?.point;
  if (!forecast) {
    const known = methods.map((one) => one.method).join(', ');
    throw badArgument(`trading: method: expected one of ${known}, got ${method}.`, { option: 'method' });
  }
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: rows.length * horizon }, (_, i) => {
      return values[rows[Math.floor(i / horizon)]! * horizon + (i % horizon)]!;
    });
  const origins = rows.map((row) => places[row]!.origin);
  const last = origins.map((origin) => lastKnown(seriesValues(set, series), origin));
  const prices = { last, actual: pick(actual), forecast: pick(forecast), horizon, step, nonPositive };
  const { predicted, realised, skipped } = forecastReturns(prices);
  const { stride, places: at, size } = gridOf(origins);
  const spread = (values: Float64Array): Float64Array => {
    const out = new Float64Array(size).fill(Number.NaN);
    at.forEach((place, i) => {
      out[place] = values[i]!;
    });
    return out;
  };
  return { forecasts: { predicted: spread(predicted), realised: spread(realised), horizon: step, stride }, skipped };
}

function lastKnown(values: ArrayLike<number>, origin: number): number {
  let at = origin - 1;
  while (at > 0 && Number.isNaN(values[at]!)) at -= 1;
  return values[at] ?? Number.NaN;
}

const ranks: readonly Verdict['edge'][] = ['none', 'before-costs', 'after-costs'];

function verdictOf(series: Trading['series']): Verdict {
  const verdicts = series.map(({ report }) => report.verdict);
  const [first] = verdicts as [Verdict];
  if (verdicts.length === 1) return first;
  const best = verdicts.reduce((one, other) => (ranks.indexOf(other.edge) > ranks.indexOf(one.edge) ? other : one));
  const those = series.filter(({ report }) => report.verdict.edge === best.edge).map(({ id }) => id);
  const reasons = series.map(({ id, report }) => `${id}: ${report.verdict.text}`);
  if (best.edge === 'none')
    return { edge: 'none', text: `no edge over a random walk in any of ${series.length} series`, reasons };
  return {
    edge: best.edge,
    text: `${best.text}, in ${those.length} of ${series.length} series: ${those.join(', ')}`,
    reasons,
  };
}
