import { createCpuBackend, type KernelSetName } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays, windows } from '@nt/data';
import type { Backend, CaptureSite, Tensor } from '@nt/tensor';
import { expect, it, onTestFinished } from 'vitest';
import {
  type FittedForecaster,
  Forecaster,
  type ForecasterOptions,
  fromModelFiles,
  type ModelName,
  modelFactories,
  toModelFiles,
} from '../src/index.ts';

interface Case {
  readonly network: ModelName;
  readonly loss?: 'mae' | 'normal' | { readonly name: 'quantile'; readonly quantiles: readonly number[] };
  readonly options?: Partial<ForecasterOptions>;
  /** Of the data: series with fewer steps than the look-back, columns known ahead and of each series. */
  readonly short?: boolean;
  readonly covariates?: boolean;
}

const size = { inputSize: 24, horizon: 6 };

function series(count: number, { short, covariates }: Case, length = 60): SeriesSet {
  const wave = (s: number, steps: number): number[] =>
    Array.from({ length: steps }, (_, t) => 10 + s + Math.sin(t / 3 + s) + Math.sin(t * 12.9898 + s) / 4);
  const one = (s: number): Parameters<typeof seriesFromArrays>[0][number] => {
    const steps = short && s % 3 === 0 ? 15 + (s % 5) : length;
    return {
      id: `s${s}`,
      start: '2024-01-01',
      values: wave(s, steps),
      ...(covariates && { future: { promo: wave(s + 1, steps + size.horizon) }, static: { kind: s % 4 } }),
    };
  };
  return seriesFromArrays(Array.from({ length: count }, (_, s) => one(s)) as never, { frequency: 'day', target: 'y' });
}

const cases: readonly (readonly [string, Case])[] = [
  ['N-HiTS', { network: 'nhits', options: { model: { hiddenSize: 64 } } }],
  ['N-HiTS, the paper', { network: 'nhits', options: { model: { hiddenSize: 64, variant: 'paper' } } }],
  ['masks of short series', { network: 'nhits', options: { model: { hiddenSize: 64 } }, short: true }],
  ['covariates', { network: 'nhits', options: { model: { hiddenSize: 64 } }, covariates: true }],
  ['a calendar', { network: 'nhits', options: { model: { hiddenSize: 64 }, calendar: ['dayOfWeek'] } }],
  ['quantiles', { network: 'nhits', loss: { name: 'quantile', quantiles: [0.1, 0.5, 0.9] } }],
  ['a distribution', { network: 'nhits', loss: 'normal' }],
  ['windows by themselves', { network: 'nhits', options: { model: { windowNormalization: 'standard' } } }],
  ['a linear skip', { network: 'nhits', options: { model: { hiddenSize: 64, linearSkip: { trained: true } } } }],
  ['N-BEATS', { network: 'nbeats', options: { model: { hiddenSize: 64 } } }],
  ['a linear network', { network: 'linear' }],
];

interface Pair {
  readonly captured: FittedForecaster;
  readonly eager: FittedForecaster;
  readonly sites: readonly CaptureSite<Tensor>[];
  readonly backend: Backend<Tensor>;
}

/** The same weights twice: on an engine that records, and on the same engine without. */
async function pair(given: Case, kernels: KernelSetName | undefined = undefined, threads = 2): Promise<Pair> {
  const backend = (await createCpuBackend({ ...(kernels && { kernels }), threads })) as unknown as Backend<Tensor>;
  const plain = { ...backend, captureSite: undefined };
  const recipe = new Forecaster(modelFactories[given.network], plain, { ...size, ...given.options });
  const set = series(12, given);
  const fit = await recipe.fit(recipe.plan(set, { maxUpdates: 2, validation: 0, loss: given.loss ?? 'mae' }));
  const files = await toModelFiles(fit.forecaster);
  fit.forecaster.dispose();
  const sites: CaptureSite<Tensor>[] = [];
  const captureSite = (): CaptureSite<Tensor> => {
    sites.push(backend.captureSite!());
    return sites.at(-1)!;
  };
  const load = async (engine: Backend<Tensor>): Promise<FittedForecaster> =>
    (await fromModelFiles(engine, files)) as FittedForecaster;
  const [captured, eager] = [await load({ ...backend, captureSite }), await load(plain)];
  onTestFinished(async () => {
    captured.dispose();
    eager.dispose();
    expect(backend.memory()).toEqual({ tensors: 0, bytes: 0 });
    await backend.dispose();
  });
  return { captured, eager, sites, backend };
}

it.each(cases)('forecasts of recorded passes have the bits of others: %s', { timeout: 60_000 }, async (_, given) => {
  const { captured, eager, sites } = await pair(given);
  const asked = given.loss && given.loss !== 'mae' ? { quantiles: [0.1, 0.9] } : {};
  // Sizes in turns; a shape that comes again has its recording still.
  for (const count of [40, 40, 40, 60, 40, 40, 60, 60, 60, 60, 40, 1, 1, 1, 1, 1, 40]) {
    const set = series(count, given, 60 + count);
    expect((await captured.predict(set, asked)).series).toEqual((await eager.predict(set, asked)).series);
  }
  expect(sites.map((site) => site.report())).toMatchObject([{ reason: undefined }]);
  expect(sites[0]!.report().replays).toBe(5);
});

const plainCase = cases[0]![1];

it.each([
  ['wasm', 1],
  ['wasm', 2],
] as const)('many batches of windows, %s with %i threads', async (kernels, threads) => {
  const { captured, eager, sites } = await pair(plainCase, kernels, threads);
  const set = series(30, plainCase, 200);
  const asked = windows(set, {
    ...size,
    ranges: { starts: new Float64Array(30), ends: new Float64Array(30).fill(200) },
  });
  expect(asked.count).toBeGreaterThan(9 * 512);
  expect(await captured.predictWindows(asked)).toEqual(await eager.predictWindows(asked));
  expect(sites[0]!.report().replays).toBeGreaterThan(4);
});

it('forecasts that are asked for at the same time do not read each other', async () => {
  const { captured, eager } = await pair(plainCase);
  const sets = Array.from({ length: 8 }, (_, i) => series(40, plainCase, 60 + i));
  for (let round = 0; round < 3; round++) {
    const together = await Promise.all(sets.map((set) => captured.predict(set)));
    for (const [i, set] of sets.entries()) expect(together[i]!.series).toEqual((await eager.predict(set)).series);
  }
});

it('hundreds of numbers of series leave no more behind than a few', async () => {
  const { captured, backend } = await pair(plainCase);
  const after: number[] = [];
  for (let count = 150; count > 0; count--) {
    const set = series(count, plainCase, 40);
    for (let call = 0; call < 3 + (count % 2); call++) await captured.predict(set);
    after.push(backend.memory().tensors);
  }
  expect(Math.max(...after.slice(5))).toBe(after[5]);
});

it('a forecaster tells how its updates were repeated, or that they were not', async () => {
  const backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
  onTestFinished(() => backend.dispose());
  const told = async (engine: Backend<Tensor>): Promise<unknown> => {
    const recipe = new Forecaster(modelFactories.nhits, engine, { ...size, model: { hiddenSize: 64 } });
    const plan = recipe.plan(series(12, plainCase), { maxUpdates: 20, validation: 0 });
    const { forecaster } = await recipe.fit(plan);
    forecaster.dispose();
    return (forecaster.describe() as { training: { result: { capture: unknown } } }).training.result.capture;
  };
  expect(await told(backend)).toMatchObject({
    // Batches of two sizes in turns.
    gradients: { replays: 12, eager: 8, reason: null },
    updates: { replays: 10, eager: 10, reason: null },
  });
  expect(await told({ ...backend, captureSite: undefined })).toBe(null);
});
