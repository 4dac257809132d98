import type { BlendExplanation, Evaluation, SeriesParts } from '@nt/forecast';
import type { ForecasterClient, ForecastReport, LabelledForecast, ModelReport } from '@nt/forecast/worker';
import type { Chart } from './charts/chart.ts';
import { fanChart } from './charts/fan-chart.ts';
import { partsCharts } from './charts/parts-charts.ts';
import type { OpenFile } from './data-section.ts';
import { byId, element, short, table } from './dom.ts';
import { coverageTable, leaderboard, verdictOf } from './leaderboard.ts';
import { inWordsOfThePage } from './remedy-words.ts';

let charts: readonly Chart[] = [];

/** What was found with a model. */
export interface ShownResult {
  readonly forecast: ForecastReport;
  /** Null where there is nothing that it has not seen. */
  readonly evaluation: Evaluation | null;
  readonly levels: readonly number[];
  /** Id of the series that is looked at. */
  series(): string;
}

/** Forecasts, evaluates and shows both. */
export async function showResult(
  client: ForecasterClient,
  { preview }: OpenFile,
  model: ModelReport,
): Promise<ShownResult> {
  const levels = levelsOf(model);
  const forecast = await client.forecast({ levels });
  const parts = await client.decompose();
  const evaluation = await showEvaluation(client, model, levels); // before the section appears, so that nothing moves in it
  byId('members').replaceChildren(...(model.recipe ? [membersTable(model.recipe)] : []));
  byId('result').hidden = false;
  const select = byId<HTMLSelectElement>('series');
  // One that could not be forecast is told of in the notices.
  select.replaceChildren(...forecast.series.map(({ id }) => element('option', { value: id }, id)));
  byId('series-choice').hidden = forecast.series.length < 2;
  byId('fan-text').textContent =
    levels.length > 0
      ? `Shaded: where ${levels.map((level) => `${level} %`).join(', ')} of the values are expected.`
      : '';
  const draw = async (): Promise<void> => {
    const series = preview.series.indexOf(select.value);
    const history = await client.series({ series, last: Math.max(6 * forecast.horizon, 60) });
    const ahead = forecast.series.find(({ id }) => id === select.value)!;
    const hasTimes = preview.report.columns.time !== null;
    for (const chart of charts) chart.dispose();
    charts = [
      fanChart(byId('fan-chart'), history, ahead, hasTimes),
      ...showParts(
        parts?.find(({ id }) => id === ahead.id),
        ahead,
        hasTimes,
      ),
    ];
    byId('numbers').replaceChildren(numbersTable(ahead));
  };
  select.onchange = () => void draw();
  await draw();
  byId('notices').replaceChildren(
    ...forecast.notices.map(({ message }) => element('p', { class: 'problem' }, inWordsOfThePage(message))),
  );
  byId('result').scrollIntoView({ block: 'start' });
  return { forecast, evaluation, levels, series: () => select.value };
}

/** The intervals that a model can give, of those that are usually asked for. */
function levelsOf({ quantiles, highestLevel = 100 }: ModelReport): readonly number[] {
  if (quantiles === 'any') return [50, 80, 95].filter((level) => level <= highestLevel);
  const has = (quantile: number): boolean => quantiles.some((one) => Math.abs(one - quantile) < 1e-9);
  const pairs = quantiles.filter((quantile) => quantile < 0.5 && has(1 - quantile));
  return pairs.map((quantile) => Math.round(1e6 * (1 - 2 * quantile)) / 1e4).sort((a, b) => a - b);
}

async function showEvaluation(
  client: ForecasterClient,
  { recipe }: ModelReport,
  levels: readonly number[],
): Promise<Evaluation | null> {
  try {
    const evaluation = await client.evaluate(levels.length > 0 ? { levels } : {});
    byId('verdict').textContent = verdictOf(evaluation, recipe);
    byId('leaderboard').replaceChildren(leaderboard(evaluation, 'windows that the training has not seen'));
    byId('coverage').replaceChildren(...coverageTable(evaluation.rows[0]?.intervals ?? []));
    return evaluation;
  } catch (error) {
    byId('verdict').textContent = inWordsOfThePage((error as Error).message);
    for (const id of ['leaderboard', 'coverage']) byId(id).replaceChildren();
    return null;
  }
}

/** A part that is not zero, a picture; without parts, a word. */
function showParts(own: SeriesParts | undefined, ahead: LabelledForecast, hasTimes: boolean): readonly Chart[] {
  byId('parts-text').textContent = own
    ? 'The forecast is the sum of these parts. Each is drawn on a scale of its own.'
    : 'This model cannot say.';
  return partsCharts(byId('parts'), own?.parts ?? [], ahead, hasTimes);
}

const membersTable = ({ members, leftOut }: BlendExplanation): HTMLElement =>
  table(
    `What is blended, and what validation said of it${leftOut.length > 0 ? `; left out: ${leftOut.map(({ name, reason }) => `${name} (${reason})`).join('; ')}` : ''}`,
    ['Member', 'Share', 'Validation MAE', 'Seconds'],
    members.map(({ name, weight, validation, seconds }) => [
      name,
      weight > 0 ? `${(100 * weight).toFixed(0)} %` : '–',
      short(validation.mae),
      short(seconds),
    ]),
  );

const numbersTable = ({ id, labels, values, intervals }: LabelledForecast): HTMLElement =>
  table(
    `Forecast of ${id}`,
    ['Time', 'Forecast', ...intervals.flatMap(({ level }) => [`${level} % from`, 'to'])],
    labels.map((label, step) => [
      label,
      short(values[step]!),
      ...intervals.flatMap(({ lower, upper }) => [short(lower[step]!), short(upper[step]!)]),
    ]),
  );
