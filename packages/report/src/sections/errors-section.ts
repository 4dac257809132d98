import type { Evaluation } from '@nt/forecast';
import { plotOfErrors } from '../gather/plot-of-errors.ts';
import { figure } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report } from '../report.ts';
import { short, whole } from '../words/numbers.ts';
import type { Section } from './section.ts';

/** Where the errors are: by step ahead, and by series. */
export function errorsSection({ evaluation, target }: Report): Section | null {
  if (evaluation === undefined) return null;
  const parts = [...(evaluation.horizon > 1 ? [bySteps(evaluation, target)] : []), ...bySeries(evaluation)];
  return parts.length === 0 ? null : { id: 'errors', title: 'Where the errors are', body: parts };
}

function bySteps(evaluation: Evaluation, target: string | undefined): Markup {
  const { rows, horizon } = evaluation;
  return figure({
    id: 'errors-by-step',
    height: 200,
    plot: plotOfErrors(evaluation, target),
    numbers: {
      caption: 'Mean absolute error by step ahead',
      columns: ['step', ...rows.map(({ method }) => method)],
      rows: Array.from({ length: horizon }, (_, step) => [
        step + 1,
        ...rows.map(({ maeOfStep }) => short(maeOfStep[step])),
      ]),
    },
  });
}

/** Series of a table at most. */
const mostSeries = 20;

/** The series on which the judged method does worst beside its rival first: there is something to be done. */
function bySeries({ rows, seriesIds, skill }: Evaluation): Markup[] {
  if (seriesIds.length < 2) return [];
  const model = rows[0]!;
  const rival = rows.find(({ method }) => method === skill?.against) ?? model;
  const ratio = (index: number): number => model.maeOfSeries[index]! / rival.maeOfSeries[index]!;
  const order = seriesIds.map((_, index) => index).sort((a, b) => (ratio(b) || 0) - (ratio(a) || 0));
  const lost = order.filter((index) => ratio(index) > 1).length;
  return [
    html`<p>${model.method} has larger errors than ${rival.method} on ${whole(lost)} of ${whole(seriesIds.length)} series.</p>`,
    table({
      id: 'errors-by-series',
      caption: `Mean absolute error by series${rival === model ? '' : `, those first where ${model.method} does worst beside ${rival.method}`}`,
      columns: ['series', ...rows.map(({ method }) => method)],
      rows: order.map((index) => [seriesIds[index]!, ...rows.map(({ maeOfSeries }) => short(maeOfSeries[index]))]),
      most: mostSeries,
    }),
  ];
}
