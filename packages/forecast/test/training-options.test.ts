import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryLogger } from '@nt/trainer';
import { createMixedReference } from '@nt/trainer/precision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  augmentationNames,
  averageNames,
  lossNames,
  NhitsForecaster,
  optimizerNames,
  scheduleNames,
  type TrainingOptions,
} from '../src/index.ts';
import { decideTraining } from '../src/training/decide-training.ts';
import { withPreset } from '../src/training/presets.ts';
import { trainingBatches } from '../src/training/training-batches.ts';
import { type FitEverything, fitQuickly, options, planAndFit, quick, weightsOf } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
let usual: string;
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  usual = await learned({});
});
afterAll(() => backend.dispose());

/** The weights after two epochs. */
async function learned(change: FitEverything): Promise<string> {
  const forecaster = await fitQuickly(backend)({ maxEpochs: 2, ...change });
  const weights = await weightsOf(forecaster);
  forecaster.dispose();
  return weights;
}

const each: readonly FitEverything[] = [
  { warmupUpdates: 5 },
  { learningRate: 1e-4 },
  { weightDecay: 0.5 },
  { lookahead: true },
  { accumulate: 2 },
  { gradientClipNorm: 0.01 },
  { gradientClipValue: 1e-3 },
  { batchSize: 16 },
  { maxEpochs: 1 },
  { maxUpdates: 5 },
  { recencyHalfLife: 20 },
  { partialTargets: true },
  { maxEpochs: 8, learningRate: 0.05, restoreBestWeights: false },
  { preset: 'reference' },
  { validation: 0.3 },
  { maxEpochs: 8, learningRate: 0.05, validationStride: 20 },
];

it.each(each)('%j changes what is learned', async (change) => {
  expect(await learned(change)).not.toBe(usual);
});

const ways: readonly (readonly [option: string, choices: readonly FitEverything[]])[] = [
  // The one for counts wants counts: heads.test.ts trains it.
  ['loss', lossNames.filter((loss) => loss !== 'negativeBinomial').map((loss) => ({ loss }))],
  ['optimizer', optimizerNames.map((optimizer) => ({ optimizer }))],
  // A plateau is seen within three epochs only without patience.
  [
    'schedule',
    scheduleNames.map((name) => ({
      maxEpochs: 3,
      validationEvery: 4,
      schedule: name === 'plateau' ? { name, patience: 0, threshold: 1 } : name,
    })) as FitEverything[],
  ],
  ['averaging', averageNames.map((averaging) => ({ averaging }))],
  ['augment', [{}, ...augmentationNames.map((name) => ({ augment: [name] }))]],
];

it.each(ways)('every %s learns something of its own', async (_, choices) => {
  const results = new Map<string, FitEverything>();
  for (const choice of choices) {
    const weights = await learned(choice);
    expect(results.get(weights), `the same as ${JSON.stringify(choice)}`).toBeUndefined();
    results.set(weights, choice);
  }
});

it('validationEvery says how often validation is looked at', async () => {
  const checks = async (validationEvery: number): Promise<number> => {
    const rows = memoryLogger();
    (await fitQuickly(backend)({ maxUpdates: 12, validationEvery, loggers: [rows] })).dispose();
    return rows.valuesOf('validationLoss').length;
  };
  expect([await checks(3), await checks(4)]).toEqual([4, 3]);
});

it('recencyHalfLife: a window one half-life older counts half, on validation all count alike', () => {
  const recipe = new NhitsForecaster(backend, options);
  const { set, split, forecaster, training } = recipe.plan(madeSeries(), { ...quick, recencyHalfLife: 10 });
  const batch = trainingBatches(set, split, forecaster, training)[Symbol.iterator]().next().value!;
  const newest = split.train.ends[0]! - options.horizon;
  expect([...batch.weights!]).toEqual([...batch.origins].map((origin) => Math.fround(2 ** ((origin - newest) / 10))));
});

it('a preset gives defaults that options override, and says so in the plan', () => {
  const recipe = new NhitsForecaster(backend, options);
  const { training, maxUpdates } = recipe.plan(madeSeries(), { preset: 'reference', learningRate: 0.01 });
  expect(training).toMatchObject({ optimizer: { name: 'adam' }, batchSize: 256, learningRate: 0.01 });
  expect(training).toMatchObject({ restoreBestWeights: false, gradientClipNorm: 0, maxEpochs: null });
  expect(maxUpdates).toBe(1000);
  expect(() => recipe.plan(madeSeries(), { preset: 'refrence' as never })).toThrow(/did you mean 'reference'/);
});

it('says what it does when it is not told', async () => {
  const told: FitEverything = { loss: 'mae', optimizer: 'adamw', schedule: 'cosine', averaging: 'none', augment: [] };
  expect(await learned({ ...told, weightDecay: 1e-2, lookahead: false, warmupUpdates: 0, accumulate: 1 })).toBe(usual);
});

const inside: readonly (readonly [FitEverything, FitEverything])[] = [
  [{ loss: 'huber' }, { loss: { name: 'huber', delta: 0.1 } }],
  [{ loss: 'tukey' }, { loss: { name: 'tukey', normalize: false } }],
  [{ loss: 'freDF' }, { loss: { name: 'freDF', alpha: 1 } }],
  [{ optimizer: 'sgd' }, { optimizer: { name: 'sgd', momentum: 0.5, nesterov: true } }],
  [{ optimizer: 'adamw' }, { optimizer: { name: 'adamw', beta2: 0.9 } }],
  [{ optimizer: 'muon' }, { optimizer: { name: 'muon', adjustRate: 'matchRmsAdamw' } }],
  [{ lookahead: true }, { lookahead: { every: 2 } }],
  [{ lookahead: true }, { lookahead: { alpha: 0.9 } }],
  [{ schedule: 'cosine' }, { schedule: { name: 'cosine', etaMin: 1e-3 } }],
  [{ schedule: 'multiStep' }, { schedule: { name: 'multiStep', milestones: [2, 5] } }],
  [{ schedule: 'oneCycle' }, { schedule: { name: 'oneCycle', pctStart: 0.5 } }],
  [{ schedule: 'warmupStableDecay' }, { schedule: { name: 'warmupStableDecay', decayUpdates: 6 } }],
  [{ schedule: 'warmupStableDecay' }, { schedule: 'warmupStableDecay', warmupUpdates: 4 }],
  [{ averaging: 'ema' }, { averaging: { name: 'ema', decay: 0.5 } }],
  [{ averaging: { name: 'ema', decay: 0.99 } }, { averaging: { name: 'ema', decay: 0.99, warmup: true } }],
  [{ averaging: 'swa' }, { averaging: { name: 'swa', every: 1 } }],
  [{ augment: ['jitter'] }, { augment: [{ name: 'jitter', sigma: 0.5 }] }],
  [{ augment: ['mixup', 'scaling'] }, { augment: ['scaling', 'mixup'] }],
];

it.each(inside)('%j is not %j', async (one, other) => {
  expect(await learned(other)).not.toBe(await learned(one));
});

it.each([...each, ...ways.flatMap(([, choices]) => choices), ...inside.flat()])(
  'what %j decides can be given again',
  (given) => {
    const { validation: _, preset, ...options } = given as FitEverything;
    const decided = decideTraining(withPreset(preset, options as TrainingOptions));
    expect(decideTraining(JSON.parse(JSON.stringify(decided)))).toEqual(decided);
  },
);

it('a schedule ends with the run, also when batches are accumulated', async () => {
  const rates = memoryLogger();
  const forecaster = new NhitsForecaster(backend, options);
  const run = { maxEpochs: 3, batchSize: 16, accumulate: 3, schedule: 'linear' } as const;
  const { maxUpdates } = forecaster.plan(madeSeries(), run);
  (await planAndFit(forecaster, madeSeries(), { ...run, logEvery: 1, loggers: [rates] })).forecaster.dispose();
  const seen = rates.valuesOf('learningRate');
  expect(seen.at(-1)).toEqual({ update: maxUpdates, value: expect.closeTo(1e-3 / maxUpdates, 12) });
});

it('logEvery says how often the loss is read', async () => {
  const losses = async (logEvery: number): Promise<number> => {
    const rows = memoryLogger();
    (await fitQuickly(backend)({ maxEpochs: 2, logEvery, loggers: [rows] })).dispose();
    return rows.valuesOf('trainLoss').length;
  };
  expect(await losses(1)).toBeGreaterThan(await losses(4));
});

describe('nanPolicy', () => {
  // After the first update weights are so large that every loss is infinite or not a number.
  const exploding: FitEverything = { optimizer: 'sgd', learningRate: 1e30, gradientClipNorm: 0, schedule: 'constant' };

  it("'error' throws and names the batch, 'stop' ends the run", async () => {
    await expect(learned({ ...exploding, nanPolicy: 'error' })).rejects.toThrow(/batch \d+ of epoch 0/);
    const forecaster = new NhitsForecaster(backend, options);
    const { forecaster: fitted, result } = await planAndFit(forecaster, madeSeries(), {
      ...exploding,
      nanPolicy: 'stop',
    });
    fitted.dispose();
    expect(result.reason).toBe('nan');
  });

  it("'skip' leaves such updates out, and gives up when there is nothing else", async () => {
    await expect(learned({ ...exploding, nanPolicy: 'skip', maxEpochs: 8 })).rejects.toThrow(
      /updates in a row were left out/,
    );
  });
});

describe('precision', () => {
  const tiny = { horizon: 2, inputSize: 4, model: { hiddenSize: 2, nBlocks: [1], nPoolKernelSize: [1] } };
  const network = { ...tiny, model: { ...tiny.model, nFreqDownsample: [1], variant: 'paper' as const } };

  async function reference(precision: 'mixed-bfloat16' | 'mixed-float16', fit: FitEverything): Promise<string> {
    const forecaster = new NhitsForecaster(createMixedReference(precision), network);
    return weightsOf((await planAndFit(forecaster, madeSeries(40), { maxEpochs: 2, batchSize: 8, ...fit })).forecaster);
  }

  it('is what the engine computes in; the two mixed ones differ', async () => {
    const bfloat16 = await reference('mixed-bfloat16', { precision: 'mixed-bfloat16' });
    expect(await reference('mixed-bfloat16', {})).toBe(bfloat16);
    expect(await reference('mixed-float16', { precision: 'mixed-float16' })).not.toBe(bfloat16);
  });

  it('refuses an engine without it, naming one that has it', async () => {
    const forecaster = new NhitsForecaster(backend, options);
    const fit = planAndFit(forecaster, madeSeries(), { precision: 'mixed-bfloat16' });
    await expect(fit).rejects.toThrow(
      /found 'cpu', which computes in 'float32'.*createCpuBackend\({ precision: 'mixed-bfloat16' }\)/,
    );
  });
});

const wrong: readonly (readonly [object, RegExp])[] = [
  [{ loss: { name: 'mae', delta: 2 } }, /no mae option 'delta'; there are none/],
  [{ loss: 'mad' }, /loss: expected one of mae, mse, .*, got 'mad'; did you mean 'mae'/],
  [{ optimizer: 'adma' }, /optimizer: expected one of .*, got 'adma'; did you mean 'adamw'/],
  [{ optimizer: { name: 'adam', beta: 0.9 } }, /beta/],
  [{ optimizer: { name: 'adam', learningRate: 1 } }, /'learningRate' is an option beside optimizer/],
  [{ optimizer: { name: 'adam', beta1: () => 0.9 } }, /expected beta1 to be a number/],
  [{ optimizer: { name: 'adam', beta1: 2 } }, /beta1/],
  [{ schedule: { name: 'step', stepSize: 0 } }, /stepSize/],
  [{ averaging: { name: 'ema', decay: 2 } }, /decay/],
  [{ averaging: { name: 'ema', decay: 2, warmup: true } }, /decay/],
  [{ averaging: { name: 'ema', warmup: 3 as never } }, /warmup: expected true or false/],
  [{ augment: ['jiter'] }, /augment: expected one of .*did you mean 'jitter'/],
  [{ augment: [{ name: 'jitter', sigma: -1 }] }, /sigma/],
  [{ lookahead: { evry: 3 } }, /'evry'; did you mean 'every'/],
  [{ optimizer: 'scheduleFreeAdamw', averaging: 'ema' }, /averages the weights itself/],
  [{ accumulate: 0 }, /accumulate: expected an integer >= 1, got 0/],
  [{ gradientClipValue: -1 }, /gradientClipValue: expected a number >= 0, got -1/],
  [{ precision: 'float16' }, /precision/],
  [{ nanPolicy: 'ignore' }, /nanPolicy/],
];

it.each(wrong)('plan refuses %j', (given, message) => {
  expect(() => new NhitsForecaster(backend, options).plan(madeSeries(), given as never)).toThrow(message);
});

it('augmentations that move time are refused beside covariates', () => {
  const set = madeSeries();
  const covariates = { names: ['x'], values: new Float64Array(set.values.length), categorical: [false], levels: {} };
  const withHistoric = { ...set, historic: covariates } as unknown as typeof set;
  const plan = () => new NhitsForecaster(backend, options).plan(withHistoric, { augment: ['timeWarp'] });
  expect(plan).toThrow(/timeWarp when there are covariates/);
});
