import type { Fold } from '@nt/data';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { ForecastTable } from '../evaluate/forecast-table.ts';
import type { Trading } from '../trading/trading-of.ts';
import type { RefitPolicy } from './refitting.ts';
import type { RollingIntervals } from './rolling-intervals.ts';

/** One fold. */
export interface FoldReport {
  /** From 0. */
  readonly fold: number;
  /** The fold in which the subject was trained; null when it came trained. */
  readonly trainedIn: number | null;
  /** Time steps of the training part, over all series, without its embargo. */
  readonly trainSteps: number;
  readonly validationSteps: number;
  /** Time steps, over all series, that were left out of training and validation. */
  readonly unused: Fold['unused'];
  /** All methods over this fold's windows, by step ahead and by series as well. */
  readonly evaluation: Evaluation;
}

/** What a backtest found. */
export interface Backtest {
  /** All methods over the windows of all folds: errors by step ahead and by series, intervals, skill and significance. */
  readonly evaluation: Evaluation;
  readonly folds: readonly FoldReport[];
  readonly refit: RefitPolicy;
  /** Sums over the folds. */
  readonly unused: Fold['unused'];
  /** Null unless `rollingConformal` asked for it. */
  readonly rollingConformal: RollingIntervals | null;
  /** Null unless `trading` asked for it. */
  readonly trading: Trading | null;
  /** Every forecast beside what came, the subject's first. */
  readonly table: ForecastTable;
}
