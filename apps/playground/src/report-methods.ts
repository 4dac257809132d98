import { type Evaluation, forecastParts, isBlend, type RunSpecOptions, runSpec } from '@nt/forecast';
import type { Held } from '@nt/forecast/worker';
import type { Plot, Report, ReportSeries, ReportWalk } from '@nt/report';
import type { HistoryRow, TrainResult } from '@nt/trainer';

/** What the page knows of a report; the rest is the worker's. */
export interface AskedReport {
  readonly title: string;
  readonly levels: readonly number[];
  readonly evaluation: Evaluation | null;
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly created: string;
  /** Drawn first. */
  readonly series: string;
  /** Null of a model that was opened. */
  readonly run: Omit<RunSpecOptions, 'data'> | null;
  readonly training: { readonly result: TrainResult; readonly history: readonly HistoryRow[] } | null;
}

/** Pictures that can be asked for. */
export type AskedPlot =
  | { readonly kind: 'forecast'; readonly series: string; readonly levels: readonly number[] }
  | { readonly kind: 'losses'; readonly history: readonly HistoryRow[] }
  | { readonly kind: 'errors'; readonly evaluation: Evaluation }
  | { readonly kind: 'backtest' };

/** The page that `nt train --report` writes. @returns HTML */
export async function report(held: Held, asked: AskedReport): Promise<string> {
  const { reportBacktest, reportForecast, reportPage, scriptOf } = await import('@nt/report');
  const { set, predictor, backtest } = inHand(held);
  const { title, levels, evaluation, command, environment, created, series, run, training } = asked;
  const ahead = await predictor.predict(set, { levels });
  const parts = await forecastParts(predictor, set);
  const numbers = (one: NonNullable<typeof parts>[number]): NonNullable<ReportSeries['parts']> =>
    one.parts.map(({ name, values }) => ({ name, values: [...values] }));
  const data = { source: set.report.source, reading: set.reading };
  const page: Report = {
    ...{ title, created, command, environment, target: set.target, data: set.report },
    times: { frequency: set.frequency, timeForm: set.timeForm },
    notices: ahead.notices.map(({ message }) => message),
    forecast: reportForecast(set, ahead, {
      first: series,
      parts: parts === null ? undefined : new Map(parts.map((one) => [one.id, numbers(one)])),
    }),
    evaluation: evaluation ?? undefined,
    backtest: backtest ? reportBacktest(backtest) : undefined,
    recipe: isBlend(predictor) ? (predictor.describe() as unknown as Report['recipe']) : undefined,
    training: training ?? undefined,
    script: scriptOf(
      run === null
        ? { kind: 'forecast', model: 'model', data, options: { levels } }
        : { kind: 'train', run: runSpec({ ...run, data } as never), output: 'model' },
    ),
  };
  return reportPage(page);
}

/** A picture as the command draws it. @returns SVG, or null where there is nothing to draw */
export async function plot(held: Held, asked: AskedPlot): Promise<string | null> {
  const { svgPlot } = await import('@nt/report');
  const made = await plotOf(held, asked);
  return made === null ? null : svgPlot(made);
}

async function plotOf(held: Held, asked: AskedPlot): Promise<Plot | null> {
  const { plotOfErrors, plotOfForecast, plotOfTraining, plotOfWalk, reportSeries } = await import('@nt/report');
  if (asked.kind === 'losses') return plotOfTraining(asked.history);
  const { set, predictor } = inHand(held);
  const x = set.frequency.unit === 'row' ? 'number' : 'time';
  const name = (id: string): string => (set.ids.length > 1 ? `${set.target} of ${id}` : set.target);
  if (asked.kind === 'errors') return plotOfErrors(asked.evaluation, set.target);
  if (asked.kind === 'backtest') {
    const first = await walk(held);
    return first ? { ...plotOfWalk(first, name(first.id)), x } : null;
  }
  const { series, horizon } = await predictor.predict(set, { levels: asked.levels });
  const one = series.find(({ id }) => id === asked.series);
  if (!one) return null;
  const title = `${name(one.id)}: the next ${horizon} time steps`;
  return plotOfForecast(reportSeries(set, one), { title, target: set.target, x });
}

/** Forecasts of a backtest beside what came, of the first series; null where there are none. */
export async function walk({ backtest }: Held): Promise<ReportWalk | null> {
  const { reportBacktest } = await import('@nt/report');
  return (backtest && reportBacktest(backtest).drawn[0]) ?? null;
}

function inHand({ set, predictor, backtest }: Held) {
  if (!set || !predictor) throw new Error('No data or no model yet.');
  return { set, predictor, backtest };
}
