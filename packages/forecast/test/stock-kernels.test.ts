import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { createNhits } from '@nt/nhits';
import { activations, type Backend, type Tensor } from '@nt/tensor';
import {
  type Loss,
  mape,
  mase,
  multiQuantileLoss,
  negativeBinomialLoss,
  normalLoss,
  quantileLoss,
  smape,
  studentTLoss,
} from '@nt/trainer/losses';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  augmentationNames,
  averageNames,
  lossNames,
  NhitsForecaster,
  type NhitsForecasterOptions,
  optimizerNames,
  scheduleNames,
} from '../src/index.ts';
import { type FitEverything, planAndFit } from './fit-quickly.ts';
import { type StockKernelCall, watchStockKernels } from './stock-kernel-calls.ts';

/** A small table or a list of indices may be moved by JavaScript; a batch may not. */
const mostElements = 1024;

let backend: Backend<Tensor>;
let calls: StockKernelCall[];
beforeAll(async () => {
  calls = watchStockKernels();
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

interface Data {
  readonly historic?: number;
  readonly future?: number;
  readonly static?: number;
  /** NaN here and there, so that masks are needed. */
  readonly gaps?: boolean;
  /** Whole numbers. */
  readonly counts?: boolean;
}

/** Enough for a few updates with 64 windows of 48 + 24 steps, each tensor of a batch larger than `mostElements`. */
function dataOf({ historic = 0, future = 0, static: fixed = 0, gaps = false, counts = false }: Data): SeriesSet {
  const wave = (length: number, phase: number): number[] =>
    Array.from({ length }, (_, t) => 10 + Math.sin((t + phase) / 4) + Math.sin(t * 12.9898) / 3);
  const columns = (count: number, prefix: string, length: number): Record<string, number[]> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, wave(length, i)]));
  const series = ['a', 'b'].map((id, s) => ({
    id,
    values: wave(220, s).map((value, t) => (gaps && t % 17 === 3 ? Number.NaN : counts ? Math.round(value) : value)),
    start: '2024-01-01',
    ...(historic && { historic: columns(historic, 'h', 220) }),
    ...(future && { future: columns(future, 'f', 244) }),
    ...(fixed && { static: Object.fromEntries(Array.from({ length: fixed }, (_, i) => [`s${i}`, s + i])) }),
  }));
  return seriesFromArrays(series, { frequency: 'day', target: 'y' });
}

interface Case {
  readonly fit?: FitEverything;
  readonly forecaster?: Partial<NhitsForecasterOptions>;
  readonly data?: Data;
}

/** Trains for an epoch of two or three updates, validates, forecasts and evaluates. */
async function runProduct({ fit = {}, forecaster: change = {}, data = {} }: Case): Promise<void> {
  const set = dataOf(data);
  const recipe = new NhitsForecaster(backend, {
    horizon: 24,
    inputSize: 48,
    ...change,
    model: { hiddenSize: 64, ...change.model },
  });
  const usual = { batchSize: 64, maxEpochs: 1, validation: 0.15, test: 0.15, logEvery: 1 };
  const { forecaster } = await planAndFit(recipe, set, { ...usual, ...fit });
  await forecaster.predict(set);
  await forecaster.evaluate(set);
  forecaster.dispose();
}

const network = (model: NhitsForecasterOptions['model'] & object): Case => ({ forecaster: { model } });

const cases: readonly (readonly [name: string, Case])[] = [
  ['the defaults', {}],
  ...[1, 3].flatMap((count): [string, Case][] => [
    [`${count} historic`, { data: { historic: count } }],
    [`${count} future`, { data: { future: count } }],
    [`${count} static`, { data: { static: count } }],
  ]),
  ['covariates of each kind, and gaps', { data: { historic: 2, future: 2, static: 2, gaps: true } }],
  ['gaps', { data: { gaps: true } }],
  ['dropout', network({ dropoutProbTheta: 0.2 })],
  ['the paper', network({ variant: 'paper' })],
  ['two blocks a stack', network({ nBlocks: [2, 1, 1] })],
  ['average pooling', network({ poolingMode: 'AvgPool1d' })],
  ['pools that do not divide the input', network({ nPoolKernelSize: [5, 7, 1] })],
  ...(['nearest', 'cubic'] as const).map((interpolationMode): [string, Case] => [
    interpolationMode,
    network({ interpolationMode }),
  ]),
  ...([...activations, 'prelu'] as const).map((activation): [string, Case] => [activation, network({ activation })]),
  ...(['standard', 'robust', 'minmax', 'minmax1', 'invariant', 'revin'] as const).map((scaling): [string, Case] => [
    `windows scaled by themselves: ${scaling}`,
    { ...network({ windowNormalization: scaling }), data: { historic: 1, gaps: true } },
  ]),
  ...(['normal', 'studentT', 'negativeBinomial'] as const).map((loss): [string, Case] => [
    `windows scaled by themselves and the loss ${loss}`,
    {
      fit: { loss },
      data: { counts: loss === 'negativeBinomial' },
      forecaster: {
        model: { windowNormalization: 'standard' },
        ...(loss === 'negativeBinomial' && { scaler: 'none' as const }),
      },
    },
  ]),
  ...[true, false].map((trained): [string, Case] => [
    `a linear skip, trained: ${trained}`,
    network({ linearSkip: { trained } }),
  ]),
  [
    'a linear skip beside windows scaled by themselves',
    network({ linearSkip: { trained: true }, windowNormalization: 'standard' }),
  ],
  ['activations computed again', network({ recompute: true })],
  ['activations computed again, PReLU', network({ recompute: true, activation: 'prelu' })],
  ...(['none', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'] as const).map((scaler): [string, Case] => [
    `scaler ${scaler}`,
    { forecaster: { scaler } },
  ]),
  ...lossNames.flatMap((loss): [string, Case][] => {
    const counts = loss === 'negativeBinomial' ? { forecaster: { scaler: 'none' } as const } : {};
    const data = { counts: loss === 'negativeBinomial' };
    return [
      [`loss ${loss}`, { fit: { loss }, data, ...counts }],
      [`loss ${loss} with gaps`, { fit: { loss }, data: { ...data, gaps: true }, ...counts }],
    ];
  }),
  ...optimizerNames.map((optimizer): [string, Case] => [
    `optimizer ${optimizer}`,
    { fit: { optimizer, weightDecay: 0.01 } },
  ]),
  ...scheduleNames.map((schedule): [string, Case] => [`schedule ${schedule}`, { fit: { schedule } }]),
  ...averageNames.map((averaging): [string, Case] => [`averaging ${averaging}`, { fit: { averaging } }]),
  ...augmentationNames.map((name): [string, Case] => [`augmentation ${name}`, { fit: { augment: [name] } }]),
  ['lookahead', { fit: { lookahead: { every: 2 } } }],
  ['accumulation', { fit: { accumulate: 2 } }],
  ['clipping by value', { fit: { gradientClipValue: 0.1 } }],
  ['no clipping', { fit: { gradientClipNorm: 0 } }],
  ['a NaN policy', { fit: { nanPolicy: 'skip' } }],
];

it.each(cases)('%s: no batch is handled by a kernel of the stock engine', async (_, product) => {
  calls.length = 0;
  await runProduct(product);
  expect(calls.filter(({ elements }) => elements > mostElements)).toEqual([]);
});

/** Losses that the forecaster does not offer by name, with the outputs that they want. */
const otherLosses: readonly (readonly [name: string, Loss, outputs: number])[] = [
  ['mape', mape, 1],
  ['smape', smape, 1],
  [
    'mase',
    (ops, prediction, target, where) =>
      mase({ seasonality: 4 })(ops, prediction, target, { ...where, insample: target }),
    1,
  ],
  ['quantileLoss', quantileLoss(0.3), 1],
  ['multiQuantileLoss', multiQuantileLoss([0.1, 0.5, 0.9]), 3],
  ['normalLoss', normalLoss(), 2],
  ['studentTLoss', studentTLoss(), 3],
  ['negativeBinomialLoss', negativeBinomialLoss(), 2],
];

it.each(otherLosses)('%s and its gradient: no batch is handled by a kernel of the stock engine', (_, loss, outputs) => {
  calls.length = 0;
  const { ops } = backend;
  const model = createNhits(ops, { inputSize: 48, horizon: 24, hiddenSize: 64, outputs }, { scope: `${outputs}/` });
  const values = (count: number): Float32Array => Float32Array.from({ length: count }, (_value, i) => 2 + Math.sin(i));
  ops.tidy(() => {
    const [input, target] = [ops.tensor(values(64 * 48), [64, 48]), ops.tensor(values(64 * 24), [64, 24])];
    const mask = ops.tensor(values(64 * 24).fill(1), [64, 24]);
    const forward = () => model.forward({ input }, { training: true, random: { seed: 1, counter: 0 } });
    ops.variableGrads(() => loss(ops, ops.softplus(forward()), target, { mask }), [...model.parameters.values()]);
  });
  model.dispose();
  expect(calls.filter(({ elements }) => elements > mostElements)).toEqual([]);
});
