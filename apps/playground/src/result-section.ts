import type { Evaluation } from '@nt/forecast';
import type { ForecasterClient, ForecastReport } from '@nt/forecast/worker';
import type { Chart } from './charts/chart.ts';
import { fanChart } from './charts/fan-chart.ts';
import type { OpenFile } from './data-section.ts';
import { byId, element, short, table } from './dom.ts';

const levels = [50, 80, 95];
let chart: Chart | null = null;

/** Forecasts, evaluates and shows both. */
export async function showResult(client: ForecasterClient, { preview }: OpenFile): Promise<ForecastReport> {
  // A model that was saved without intervals gives points.
  const forecast = await client.forecast({ levels }).catch((error: Error & { code?: string }) => {
    if (error.code !== 'forecast/no-quantiles') throw error;
    return client.forecast({});
  });
  const hasIntervals = forecast.quantiles.length > 0;
  await showEvaluation(client, hasIntervals); // before the section appears, so that nothing moves in it
  byId('result').hidden = false;
  const select = byId<HTMLSelectElement>('series');
  select.replaceChildren(...preview.series.map((id, index) => element('option', { value: index }, id)));
  byId('series-choice').hidden = preview.series.length < 2;
  const draw = async (): Promise<void> => {
    const series = Number(select.value);
    const history = await client.series({ series, last: Math.max(6 * forecast.horizon, 60) });
    chart?.dispose();
    chart = fanChart(byId('fan-chart'), history, forecast.series[series]!, preview.report.columns.time !== null);
  };
  select.onchange = () => void draw();
  await draw();
  byId('notices').replaceChildren(
    ...forecast.notices.map(({ message }) => element('p', { class: 'problem' }, message)),
  );
  byId('result').scrollIntoView({ block: 'start' });
  return forecast;
}

async function showEvaluation(client: ForecasterClient, hasIntervals: boolean): Promise<void> {
  try {
    const evaluation = await client.evaluate(hasIntervals ? { levels } : {});
    byId('verdict').textContent = verdictOf(evaluation);
    const { rows, windows } = evaluation;
    const ranked = [...rows].sort((a, b) => a.mae - b.mae);
    byId('leaderboard').replaceChildren(
      table(
        `Errors over ${windows} windows that the training has not seen, smallest first`,
        ['Method', 'MAE', 'RMSE', 'sMAPE %', 'MASE'],
        ranked.map(({ method, mae, rmse, smape, mase }) => [method, ...[mae, rmse, smape, mase].map(short)]),
      ),
    );
    const intervals = rows[0]?.intervals ?? [];
    byId('coverage').replaceChildren(...(intervals.length === 0 ? [] : [coverageTable(intervals)]));
  } catch (error) {
    byId('verdict').textContent = (error as Error).message;
    for (const id of ['leaderboard', 'coverage']) byId(id).replaceChildren();
  }
}

const coverageTable = (intervals: Evaluation['rows'][number]['intervals']): HTMLElement =>
  table(
    'Intervals: how many of the values really lay inside',
    ['Level', 'Inside', 'Mean width'],
    intervals.map(({ level, coverage, width }) => [`${level} %`, `${(100 * coverage).toFixed(1)} %`, short(width)]),
  );

/** A sentence, from the test of the difference. */
function verdictOf({ skill }: Evaluation): string {
  if (!skill) return 'There is nothing to compare with.';
  const { method, against, verdict, interval } = skill;
  if (skill.skill === null || interval === null) return `${against} makes no error here: the data repeat themselves.`;
  const percent = (part: number): string => (100 * part).toFixed(1);
  const difference = `${percent(Math.abs(skill.skill))} % ${skill.skill < 0 ? 'more' : 'less'} error (MAE) than ${against}, the best of the simple methods`;
  const range = `95 % interval of the skill: ${percent(interval[0])} to ${percent(interval[1])} %`;
  const words = {
    better: `Better: ${method} has ${difference}.`,
    worse: `Worse: ${method} has ${difference}. Use the simple one, or train longer.`,
    unclear: `Unclear: ${method} has ${difference}; a difference of this size can be chance.`,
  };
  return `${words[verdict]} ${range}.`;
}
