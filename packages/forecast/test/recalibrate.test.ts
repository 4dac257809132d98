import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays, splitByTime, walkForward } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BacktestOptions,
  type BlendPredictor,
  backtest,
  backtestFold,
  blendEstimator,
  type Estimator,
  estimatorOf,
  NhitsForecaster,
} from '../src/index.ts';
import { randomWalk, seasonalSeries } from './made-walks.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const horizon = 7;
const blend = (change = {}): Estimator =>
  blendEstimator(backend, { horizon, preset: 'fast', maxUpdates: 4, ...change });
const walk: BacktestOptions = { folds: 4, testSize: 28, validation: 84, stride: 7, refit: 'never', rivals: [] };

/** A week that becomes five days: what was learnt before is wrong behind it. */
function turnedSeries(): SeriesSet {
  const wave = (step: number, days: number): number => 3 * Math.sin((2 * Math.PI * step) / days);
  const values = seasonalSeries(1).values.map((value, step) => {
    return step < 400 ? value : value - wave(step, 7) + wave(step, 5);
  });
  return seriesFromArrays([{ id: 'turned', values, start: '2020-01-01' }], { frequency: 'day' });
}

describe('recalibrate', () => {
  const set = turnedSeries();

  it('follows a series that has changed, where nothing is trained anew; the first fold is the same', async () => {
    const before = backend.memory().tensors;
    const [still, moved] = [
      await backtest(blend(), set, walk),
      await backtest(blend(), set, { ...walk, recalibrate: true }),
    ];
    const errors = (one: typeof still): readonly number[] => one.folds.map((fold) => fold.evaluation.rows[0]!.mae);
    expect(errors(moved)[0]).toBe(errors(still)[0]);
    expect(errors(moved).at(-1)!).toBeLessThan(0.9 * errors(still).at(-1)!);
    expect(moved.evaluation.rows[0]!.method).toBe('blend');
    expect(backend.memory().tensors).toBe(before);
  });

  it('gives a fold the same bits alone and behind others, and is part of what a fold is', async () => {
    const options = { ...walk, recalibrate: true };
    const folds: unknown[] = [];
    await backtest(blend(), set, {
      ...options,
      onEvent: (event) => void (event.type === 'fold-end' && folds.push(event.forecasts)),
    });
    expect(await backtestFold(2, blend(), set, options)).toEqual(folds[2]);
    const finished = [folds[2] as never];
    await expect(backtest(blend(), set, { ...walk, finished })).rejects.toThrow(/[Ff]old/);
  });

  it('with refit: 2 it recalibrates every second fold only', async () => {
    const calls: number[] = [];
    const own = blend();
    const counted: Estimator = {
      ...own,
      recalibrate: (input) => {
        calls.push(input.split.test.starts[0]!);
        return own.recalibrate!(input);
      },
    };
    const folds = walkForward(set, { folds: 4, testSize: 28, validation: 84 });
    await backtest(counted, set, { ...walk, refit: 2, recalibrate: true });
    expect(calls).toEqual([folds[1]!.test.starts[0], folds[3]!.test.starts[0]]);
  });

  it('looks at nothing of the test part', async () => {
    const [first, , third] = walkForward(set, { folds: 4, testSize: 28, validation: 84 });
    const estimator = blend();
    const trained = await estimator.fit({ set, split: first!, from: null });
    const cut = third!.test.starts[0]!;
    const other = { ...set, values: set.values.map((value, step) => (step >= cut ? 5 - 3 * value : value)) };
    const [mine, theirs] = [set, other].map((one) =>
      estimator.recalibrate!({ set: one, split: third!, trained, stride: 7 }),
    ) as [Promise<BlendPredictor>, Promise<BlendPredictor>];
    const asked = { ...set, lengths: Float64Array.of(cut) };
    expect((await (await theirs).predict(asked)).series).toEqual((await (await mine).predict(asked)).series);
    expect((await theirs).calibration).toEqual((await mine).calibration);
    expect((await mine).trainedOn!.seenUntil).toEqual({ turned: set.starts[0]! + cut * 86_400_000 });
    expect((await mine).describe()).not.toEqual((trained as BlendPredictor).describe());
    trained.dispose();
  });

  it('keeps weights and intervals where members have seen the validation part; ridges are others', async () => {
    const [first, second] = walkForward(set, { folds: 4, testSize: 28, validation: 84 });
    const estimator = blend({ refitWithValidation: true });
    const trained = (await estimator.fit({ set, split: first!, from: null })) as BlendPredictor;
    const input = { set, split: second!, trained, stride: 7 };
    const moved = (await estimator.recalibrate!(input)) as BlendPredictor;
    expect(moved.calibration).toEqual(trained.calibration);
    expect(moved.describe()).toEqual(trained.describe());
    const asked = { ...set, lengths: Float64Array.of(second!.test.starts[0]!) };
    expect((await moved.predict(asked)).series[0]!.values).not.toEqual(
      (await trained.predict(asked)).series[0]!.values,
    );
    trained.dispose();
  });

  it('leaves a naive answer and the network of the reference preset alone', async () => {
    const still = randomWalk(1);
    const split = splitByTime(still, { validation: 0.2, test: 0.2 });
    for (const [preset, names] of [
      ['fast', ['naive']],
      ['reference', ['nhits']],
    ] as const) {
      const estimator = blendEstimator(backend, { horizon: 5, preset, maxUpdates: 4 });
      const trained = await estimator.fit({ set: still, split, from: null });
      const moved = (await estimator.recalibrate!({ set: still, split, trained, stride: 1 })) as BlendPredictor;
      expect(moved.members.map(({ name, weight }) => [name, weight])).toEqual(names.map((name) => [name, 1]));
      trained.dispose();
    }
  });

  it.each([
    ['yes', () => blend(), /recalibrate: expected true or false/],
    [
      true,
      () => estimatorOf(new NhitsForecaster(backend, { horizon, inputSize: 7 }), { maxUpdates: 1 }),
      /recalibrate: expected false with nhits, which cannot be recalibrated/,
    ],
  ])('%s is refused where it means nothing', async (recalibrate, subject, message) => {
    await expect(backtest(subject(), set, { ...walk, recalibrate: recalibrate as never })).rejects.toThrow(message);
  });
});
