import { type SeriesSet, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adaptiveConformal } from '../src/calibration/index.ts';
import {
  backtest,
  conformal,
  drift,
  ensemble,
  estimatorOf,
  evaluate,
  type FittedForecaster,
  forecasterOptionTable,
  leakcheck,
  NhitsForecaster,
  naive,
  type Predictor,
  partOfPlan,
  partOptionTable,
  seasonalNaive,
  toModelFiles,
  tradingOf,
  trainingOptionTable,
  windowAverage,
} from '../src/index.ts';
import { madeSeries } from './made-series.ts';

/** What a program without types may hand in by mistake, none of which any of these options is. */
const wrong = ['x', Number.NaN, -1.5, {}, [null], ['x'], () => 1];

const set: SeriesSet = madeSeries();
const horizon = 3;
const judged = windows(set, { inputSize: 1, horizon, last: 30 });
let backend: Backend<Tensor>;
let recipe: NhitsForecaster<Tensor>;
let fitted: FittedForecaster;
let calibrated: Predictor;
beforeAll(async () => {
  backend = createReferenceBackend() as unknown as Backend<Tensor>;
  recipe = new NhitsForecaster(backend, { horizon, inputSize: 6, model: { hiddenSize: 4 } });
  const plan = recipe.plan(set, { maxUpdates: 2, batchSize: 16, validation: 30 });
  ({ forecaster: fitted } = await recipe.fit(plan));
  calibrated = await conformal(fitted, partOfPlan(plan, 'validation'));
});
afterAll(async () => {
  fitted.dispose();
  await backend.dispose();
});

const walk = { folds: 2, testSize: 9 };
const tradingKeys = [
  'step',
  'nonPositive',
  'method',
  'fee',
  'fees',
  'short',
  'trials',
  'trialVariance',
  'level',
  'seed',
  'loss',
];
const walkKeys = ['folds', 'testSize', 'step', 'mode', 'trainSize', 'validation', 'gap', 'purge', 'embargo'];

/** Every option of every verb, and what takes it. */
const verbs: readonly [string, readonly string[], (options: never) => unknown][] = [
  [
    'new Forecaster',
    Object.keys(forecasterOptionTable),
    (o: object) => new NhitsForecaster(backend, { horizon, ...o }),
  ],
  [
    'plan',
    [...Object.keys(trainingOptionTable), ...Object.keys(partOptionTable), 'preset', 'split'],
    (o) => recipe.plan(set, o),
  ],
  ['fit', ['from', 'signal', 'onEvent'], (o) => recipe.fit(recipe.plan(set, { maxUpdates: 1 }), o)],
  ['predict', ['quantiles', 'levels', 'horizon', 'future'], (o) => fitted.predict(set, o)],
  ['evaluate', ['seasonLength', 'metrics', 'levels', 'quantiles', 'trading'], (o) => evaluate([calibrated], judged, o)],
  ['evaluate: trading', tradingKeys, (trading) => evaluate([naive(horizon)], judged, { trading })],
  [
    'backtest',
    [
      ...walkKeys,
      'refit',
      'rivals',
      'stride',
      'levels',
      'metrics',
      'quantiles',
      'rollingConformal',
      'finished',
      'models',
      'signal',
      'onEvent',
      'trading',
      'seasonLength',
    ],
    (o: object) => backtest(naive(horizon), set, { ...walk, ...o }),
  ],
  ['backtest: trading', tradingKeys, (trading) => backtest(naive(horizon), set, { ...walk, trading })],
  [
    'backtest: rollingConformal',
    ['learningRate', 'memory', 'beyond'],
    (rollingConformal) => backtest(naive(horizon), set, { ...walk, rollingConformal }),
  ],
  ['tradingOf', tradingKeys, async (o) => tradingOf(await backtest(naive(horizon), set, walk), o)],
  ['conformal', ['method', 'levels', 'seasonLength'], (o) => conformal(naive(horizon), judged, o)],
  ['ensemble', ['combine', 'weights'], (o) => ensemble([naive(horizon), drift(horizon)], o)],
  [
    'leakcheck',
    ['training', 'split', 'prepare', 'futures', 'seed', 'signal'],
    (o) => leakcheck(naive(horizon), set, o),
  ],
  ['toModelFiles', ['evaluation'], (o) => toModelFiles(naive(horizon), o)],
  [
    'adaptiveConformal',
    ['level', 'horizon', 'learningRate', 'memory', 'beyond', 'scores'],
    (o: object) => adaptiveConformal({ level: 0.8, horizon: 1, ...o }),
  ],
];

/** What one of the wrong values may be after all. */
const isRight = (verb: string, key: string, value: unknown): boolean =>
  (typeof value === 'function' && ['onEvent', 'prepare', 'split'].includes(key)) ||
  (typeof value === 'object' &&
    !Array.isArray(value) &&
    ['model', 'trading', 'rollingConformal', 'lookahead'].includes(key)) ||
  (verb === 'ensemble' && key === 'method');

it.each(verbs)(
  '%s: a value of the wrong kind is an error that names the option, for every option',
  async (verb, keys, call) => {
    const bad: string[] = [];
    for (const key of keys) {
      for (const value of wrong.filter((one) => !isRight(verb, key, one))) {
        const what = `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
        try {
          await call({ [key]: value } as never);
          bad.push(`${what} is taken`);
        } catch (error) {
          const { code, message } = error as { code?: string; message: string };
          if (code === undefined) bad.push(`${what}: ${message}`);
        }
      }
    }
    expect(bad).toEqual([]);
  },
);

it.each([[null], [1.5], [[]], [['x']], [() => 1]])(
  '%s in place of options is no object that says nothing',
  async (options) => {
    const given = options as never;
    for (const call of [
      () => fitted.predict(set, given),
      () => recipe.plan(set, given),
      () => evaluate([naive(horizon)], judged, { trading: given }),
      () => backtest(naive(horizon), set, { ...walk, rollingConformal: given }),
      () => backtest(estimatorOf(recipe, given), set, walk),
      () => conformal(naive(horizon), judged, given),
    ]) {
      await expect((async () => call())()).rejects.toMatchObject({ code: 'forecast/option' });
    }
  },
);

it('seasons and lengths of the naive forecasts', () => {
  for (const value of wrong as never[]) {
    for (const make of [() => naive(value), () => seasonalNaive(3, value), () => windowAverage(3, value)]) {
      expect(make).toThrow(/expected an integer/);
    }
  }
});

it('evaluate wants at least one predictor', async () => {
  await expect(evaluate([], judged)).rejects.toThrow(/predictors: expected at least one, got/);
});

it('a backtest finds out what its report cannot be before it trains anything', async () => {
  let trained = 0;
  const fit = async (): Promise<Predictor> => {
    trained += 1;
    return naive(horizon);
  };
  const counting = { method: 'made', horizon, fit: fit };
  for (const wrongReport of [
    { trading: { step: horizon + 1 } },
    { trading: { method: 'nobody' } },
    { trading: { fees: [2] } },
    { trading: { trials: 0 } },
    { rollingConformal: { learningRate: -1 } },
    { levels: [180] },
    { metrics: ['mea'] },
  ] as never[]) {
    await expect(backtest(counting, set, { ...walk, ...(wrongReport as object) })).rejects.toMatchObject({
      code: 'forecast/option',
    });
  }
  expect(trained).toBe(0);
});

it('calibration options that its method has no use for are refused', async () => {
  await expect(conformal(naive(horizon), judged, { levels: [80] })).rejects.toThrow(
    /levels: expected none with 'scaled'/,
  );
  await expect(conformal(naive(horizon), judged, { method: 'split', seasonLength: 7 })).rejects.toThrow(
    /seasonLength: expected none with 'split'/,
  );
});

it.each([
  [{ horizon: 6 }, {}, /horizon 3 there, 6 here/],
  [{ inputSize: 9 }, {}, /inputSize 6 there, 9 here/],
  [{ model: { hiddenSize: 5 } }, {}, /model \{"hiddenSize":4\} there, \{"hiddenSize":5\} here/],
  [{}, { loss: 'quantile' as const }, /loss \{"name":"mae"\} there, \{"name":"quantile"\} here/],
  [{ calendar: ['dayOfWeek' as const] }, {}, /calendar \[\] there, \["dayOfWeek"\] here/],
])('a warm start of %j %j says in what the networks differ', async (more, training, message) => {
  const other = new NhitsForecaster(backend, { horizon, inputSize: 6, model: { hiddenSize: 4 }, ...more });
  const plan = other.plan(set, { maxUpdates: 1, validation: 30, ...training });
  await expect(other.fit(plan, { from: fitted })).rejects.toThrow(message);
});
