import { plotOfWalk } from '../gather/plot-of-walk.ts';
import { figure } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report, ReportBacktest, ReportWalk } from '../report.ts';
import { percent, short, whole } from '../words/numbers.ts';
import { type Section, timeAxis, timeText } from './section.ts';

/** Fold by fold: what was forecast beside what came. */
export function backtestSection(report: Report): Section | null {
  const { backtest } = report;
  if (backtest === undefined) return null;
  const { folds, refit, unused } = backtest;
  const leftOut = Object.entries(unused).filter(([, steps]) => steps > 0);
  return {
    id: 'backtest',
    title: 'Backtest',
    body: html`<p>${folds.length === 1 ? 'One fold' : `${whole(folds.length)} folds`}; ${refitWords(refit)}.${leftOut.length > 0 && html` Left out, over all series and folds: ${leftOut.map(([name, steps]) => `${whole(steps)} time steps by ${name}`).join(', ')}.`}</p>
${foldTable(report, backtest)}
${backtest.drawn.map((walk, index) => walkFigure(report, walk, index))}`,
  };
}

const refitWords = (refit: ReportBacktest['refit']): string => {
  if (refit === 'never') return 'trained in the first one only';
  if (refit === 'warm') return 'each trained on from the one before';
  return refit === 1 ? 'trained anew in each' : `trained anew in every ${refit}`;
};

function foldTable(report: Report, { folds }: ReportBacktest): Markup {
  const methods = methodsOfFolds(report);
  return table({
    id: 'folds',
    caption: 'Mean absolute error by fold',
    columns: ['fold', 'forecast', 'steps trained on', 'windows', ...methods, 'skill'],
    rows: folds.map(({ fold, evaluation, trainSteps }) => [
      fold + 1,
      `${timeText(report, evaluation.from)} to ${timeText(report, evaluation.to)}`,
      whole(trainSteps),
      whole(evaluation.windows),
      ...methods.map((name) => short(evaluation.rows.find(({ method }) => method === name)?.mae)),
      percent(evaluation.skill?.skill),
    ]),
    isText: (column) => column === 1,
  });
}

/** Columns of methods at most: the table has to fit. */
const mostMethods = 4;

/** The judged one and the best of the others. */
function methodsOfFolds({ backtest, evaluation }: Report): readonly string[] {
  const [model, ...others] = evaluation?.rows ?? backtest!.folds[0]?.evaluation.rows ?? [];
  const best = [...others].sort((a, b) => (a.mae ?? Infinity) - (b.mae ?? Infinity)).slice(0, mostMethods - 1);
  return [...(model === undefined ? [] : [model]), ...best].map(({ method }) => method);
}

const walkName = ({ target = 'value', backtest }: Report, { id }: ReportWalk): string =>
  backtest!.drawn.length > 1 ? `${target} of ${id}` : target;

function walkFigure(report: Report, walk: ReportWalk, index: number): Markup {
  const { at, actual, methods } = walk;
  const name = walkName(report, walk);
  const came = new Map(actual.at.map((time, i) => [time, actual.values[i]]));
  const rows = at.flatMap((time, i) =>
    Number.isFinite(methods[0]?.values[i])
      ? [[timeText(report, time), short(came.get(time)), ...methods.map(({ values }) => short(values[i]))]]
      : [],
  );
  return figure({
    id: `walk-${index}`,
    plot: { ...plotOfWalk(walk, name), ...timeAxis(report) },
    note: 'Forecasts that do not overlap, the newest ones; errors above are of all.',
    numbers: {
      caption: `${name}: what was forecast, and what came`,
      columns: ['time', 'came', ...methods.map(({ method }) => method)],
      rows,
    },
  });
}
