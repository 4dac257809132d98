import { writeTime } from '@nt/data';
import type { Backtest, Evaluation, TradingOptions } from '@nt/forecast';
import { evaluationTable, titled } from './evaluation-table.ts';
import { short } from './numbers.ts';
import { tradingTables } from './trading-tables.ts';

/** Series of a table at most; `report.json` has all. */
const mostSeries = 12;

/** What a backtest found, as lines: all folds together, then by fold, by step ahead and by series. */
export function backtestTables(found: Backtest, trading: TradingOptions = {}): string[] {
  const { evaluation, rollingConformal } = found;
  return [
    ...evaluationTable(evaluation),
    ...titled('by fold (MAE)', foldCells(found)),
    ...titled('by step ahead (MAE)', stepCells(evaluation)),
    ...(evaluation.seriesIds.length > 1 ? titled('by series (MAE)', seriesCells(evaluation)) : []),
    ...(rollingConformal === null ? [] : titled('rolling conformal intervals', rollingCells(rollingConformal.scores))),
    ...(found.trading === null ? [] : tradingTables(found.trading, trading)),
  ];
}

/** The report for programs: everything but the forecasts, which have a file of their own. */
export function backtestJson({ table: _, rollingConformal, ...found }: Backtest): unknown {
  const { method, scores } = rollingConformal ?? {};
  return { ...found, rollingConformal: rollingConformal && { method, scores } };
}

function foldCells({ folds, table }: Backtest): string[][] {
  const methods = folds[0]!.evaluation.rows.map(({ method }) => method);
  const rows = folds.map(({ fold, evaluation, trainSteps }) => [
    `${fold + 1}: ${writeTime(table.set, evaluation.from)} to ${writeTime(table.set, evaluation.to)}`,
    String(trainSteps),
    String(evaluation.windows),
    ...evaluation.rows.map(({ mae }) => short(mae)),
    evaluation.skill?.skill == null ? '–' : `${(100 * evaluation.skill.skill).toFixed(1)} %`,
  ]);
  return [['fold', 'trained on', 'windows', ...methods, 'skill'], ...rows];
}

/** First, last and powers of two between: errors grow slowly. */
function stepCells({ rows, horizon }: Evaluation): string[][] {
  const steps = Array.from({ length: horizon }, (_, step) => step + 1);
  const shown = horizon <= mostSeries ? steps : steps.filter((step) => (step & (step - 1)) === 0 || step === horizon);
  const cells = shown.map((step) => [String(step), ...rows.map(({ maeOfStep }) => short(maeOfStep[step - 1]!))]);
  return [['step', ...rows.map(({ method }) => method)], ...cells];
}

function seriesCells({ rows, seriesIds }: Evaluation): string[][] {
  const shown = seriesIds.slice(0, mostSeries);
  const cells = shown.map((id, index) => [id, ...rows.map(({ maeOfSeries }) => short(maeOfSeries[index]!))]);
  const more = seriesIds.length - shown.length;
  const rest = more === 0 ? [] : [[`and ${more} more`, ...rows.map(() => '…')]];
  return [['series', ...rows.map(({ method }) => method)], ...cells, ...rest];
}

function rollingCells(scores: NonNullable<Backtest['rollingConformal']>['scores']): string[][] {
  const rows = scores.map(({ level, coverage, width, winkler, unjudged }) => [
    `${level} %`,
    `${(100 * coverage).toFixed(1)} %`,
    short(width),
    short(winkler),
    String(unjudged),
  ]);
  return [['nominal', 'inside', 'mean width', 'Winkler', 'not judged'], ...rows];
}
