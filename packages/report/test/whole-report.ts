import { type SeriesSet, seriesFromArrays, windows } from '@nt/data';
import {
  type BlendExplanation,
  backtest,
  evaluate,
  naive,
  type Predictor,
  rulePredictor,
  seasonalNaive,
} from '@nt/forecast';
import { type Report, reportBacktest, reportForecast } from '@nt/report';
import type { HistoryRow } from '@nt/trainer';

/** Series with a week's rhythm; the later ones lie higher. */
export function weeks(series = 1, length = 200): SeriesSet {
  const valuesOf = (level: number): number[] =>
    Array.from(
      { length },
      (_, day) => 100 * level + 25 * Math.sin((2 * Math.PI * day) / 7) + 8 * Math.sin(day * 12.9898),
    );
  const inputs = Array.from({ length: series }, (_, s) => ({
    id: `shop ${s + 1}`,
    values: valuesOf(s + 1),
    start: '2026-01-01',
  }));
  return seriesFromArrays(inputs, { frequency: 'day' });
}

/** Last week, with intervals of a fixed width. */
export function lastWeek(horizon = 14): Predictor {
  const rule = seasonalNaive(horizon, 7);
  return {
    ...rule,
    method: 'last week',
    quantiles: [0.025, 0.1, 0.5, 0.9, 0.975],
    predictWindows: async (asked, quantiles = []) => {
      const { point } = await rule.predictWindows(asked);
      return { point, quantiles: quantiles.map((quantile) => point.map((value) => value + 30 * (quantile - 0.5))) };
    },
    predict: async (set, options = {}) => {
      const found = await rule.predict(set, { horizon });
      const quantiles = options.quantiles ?? [];
      const shifted = (values: Float64Array, quantile: number): Float64Array =>
        values.map((value) => value + 30 * (quantile - 0.5));
      return {
        ...found,
        quantiles,
        series: found.series.map((one) => ({
          ...one,
          intervals: [
            { level: 80, lower: shifted(one.values, 0.1), upper: shifted(one.values, 0.9) },
            { level: 95, lower: shifted(one.values, 0.025), upper: shifted(one.values, 0.975) },
          ],
        })),
      };
    },
  };
}

const history: readonly HistoryRow[] = Array.from({ length: 40 }, (_, i): HistoryRow[] => [
  {
    kind: 'train',
    update: 10 * (i + 1),
    epoch: Math.floor(i / 4),
    values: { trainLoss: 1 / (i + 1), learningRate: 1e-3 / (i + 1) },
  },
  ...(i % 4 === 3
    ? [
        {
          kind: 'validation' as const,
          update: 10 * (i + 1),
          epoch: Math.floor(i / 4),
          values: { validationLoss: 1.2 / (i + 1) },
        },
      ]
    : []),
]).flat();

const recipe: BlendExplanation = {
  options: {
    horizon: 14,
    preset: 'fast',
    maxUpdates: 500,
    calendar: null,
    ensemble: 1,
    validation: 0.1,
    test: 0.2,
    seed: 1,
  } as never,
  seasons: { short: 7, long: 364 },
  calendar: ['dayOfWeek'],
  validationWindows: 17,
  lookbacks: [14, 28, 56],
  refit: null,
  members: [
    {
      name: 'nhits 28',
      kind: 'network',
      lookback: 28,
      weight: 0.6,
      validation: { mae: 0.3, mse: 0.2 },
      updates: 500,
      bestUpdate: 400,
      seconds: 3,
    },
    {
      name: 'ridge',
      kind: 'ridge',
      lookback: [14, 28],
      weight: 0.4,
      validation: { mae: 0.31, mse: 0.21 },
      updates: null,
      bestUpdate: null,
      seconds: 0.2,
    },
    {
      name: 'naive',
      kind: 'naive',
      lookback: null,
      weight: 0,
      validation: { mae: 0.9, mse: 1.1 },
      updates: null,
      bestUpdate: null,
      seconds: 0,
    },
  ],
  leftOut: [{ name: 'nhits 364', reason: 'the training part is too short' }],
  validation: { mae: 0.29, mse: 0.19 },
  verdict: {
    answer: 'blend',
    against: 'seasonal naive',
    validation: { t: 4.1, blocks: 9 },
    walkForward: null,
    reason: 'the blend beats the seasonal naive rule by 4.1 standard errors',
  },
  seconds: 12,
};

/** A report with every part, of rules that need no engine. */
export async function wholeReport(set: SeriesSet = weeks(2)): Promise<Report> {
  const model = lastWeek();
  const ahead = await model.predict(set, { quantiles: [0.1, 0.9] });
  const starts = set.lengths.map((length) => length - 60);
  const test = windows(set, { inputSize: 14, horizon: 14, ranges: { starts, ends: set.lengths } as never });
  const evaluation = await evaluate(
    [model, naive(14), rulePredictor('mean of all', 14, () => new Float64Array(14).fill(120))],
    test,
    {
      levels: [80, 95],
      trading: true,
      metrics: ['bias', 'wape'],
    },
  );
  const folds = await backtest(model, set, { folds: 3, testSize: 28, gap: 7, rollingConformal: true });
  const parts = new Map(
    ahead.series.map(({ id, values }) => [
      id,
      [
        { name: 'level', values: Array.from(values, () => values[0]!) },
        { name: 'stack 1 (trend)', values: Array.from(values, (value) => value - values[0]!) },
      ],
    ]),
  );
  return {
    title: 'last week on sales',
    created: '2026-11-29 10:00 UTC',
    target: set.target,
    times: { frequency: set.frequency, timeForm: set.timeForm },
    notices: ['shop 2 ends a day before the others'],
    forecast: reportForecast(set, ahead, { parts }),
    evaluation,
    backtest: reportBacktest(folds),
    trading: evaluation.trading,
    recipe,
    training: {
      history,
      windows: { train: 100, validation: 20, test: 30 },
      result: {
        reason: 'early-stopped',
        updates: 400,
        epochs: 10,
        windows: 12_800,
        seconds: 75,
        checkpointSeconds: 0,
        best: { update: 360, epoch: 9, value: 0.033 } as never,
        weights: 'best',
        checkpoint: null,
        bestCheckpoint: null,
        skippedUpdates: 2,
      },
    },
    data: {
      ...set.report,
      source: 'sales.csv',
      columns: {
        ...set.report.columns,
        historic: ['temperature'],
        unused: Array.from({ length: 30 }, (_, i) => `column ${i}`),
      },
      gaps: { count: 3, series: 1, first: 'shop 1 at 2026-02-03', action: 'filled with the last value' },
      notices: ['the last row is a total and was left out'],
    },
    environment: { Node: 'v22.0.0', Engine: 'nt-cpu' },
    command: 'nt train -d sales.csv --target sales --report out.html',
    script:
      "import { readTable } from '@nt/data/node';\n\nconst data = await readTable('sales.csv', { id: 'shop' });\n",
  };
}
