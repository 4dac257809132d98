import { describe, expect, it } from 'vitest';
import { fit, type TrainEvent } from '../src/index.ts';
import { afterCheck, isBetter, noChecks, shouldStop } from '../src/run/early-stopping.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

/** Checks (from 1) after which the run stops, for losses in order; null when it does not. */
function stopsAt(losses: readonly number[], options: Parameters<typeof shouldStop>[3], minUpdates = 0): number | null {
  let state = noChecks;
  for (const [index, loss] of losses.entries()) {
    state = afterCheck(state, loss, index + 1, options);
    if (shouldStop(state, index + 1, minUpdates, options)) return index + 1;
  }
  return null;
}

/** A run whose validation loss follows a script, whatever the weights are. */
function scripted(losses: readonly number[], options: Partial<ToyOptions>) {
  let checks = 0;
  const run = toyRun({
    maxEpochs: losses.length,
    ...options,
    validation: {
      batches: () => toyRun().options.validation!.batches(),
      metricsOf: (_, { ops }) => ({ scripted: ops.tensor([losses[Math.floor(checks++ / 2)]!], []) }),
    },
    monitor: 'scripted',
  });
  return run;
}

describe('early stopping', () => {
  it('losses 1.0, 0.8, 0.9, 0.9, 0.9 with patience 3 stop at the fifth', async () => {
    const losses = [1.0, 0.8, 0.9, 0.9, 0.9, 0.1];
    expect(stopsAt(losses, { patience: 3 })).toBe(5);
    const { options, model } = scripted(losses, { earlyStopping: { patience: 3 } });
    const weights: unknown[] = [];
    const events: TrainEvent[] = [];
    const result = await fit({
      ...options,
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'epoch-end')
          weights.push([...model.parameters].map(([, v]) => [...(v as never as { values: Float64Array }).values]));
      },
    });
    expect(result).toMatchObject({
      reason: 'early-stopped',
      epochs: 5,
      weights: 'best',
      best: { metric: 'scripted', value: 0.8, epoch: 1, update: 10 },
    });
    expect([...model.parameters].map(([, v]) => [...v.values])).toEqual(weights[1]);
    const checks = events.filter((event) => event.type === 'validation-end');
    expect(checks.map(({ improved }) => improved)).toEqual([true, true, false, false, false]);
    expect(checks.map(({ checksWithoutImprovement }) => checksWithoutImprovement)).toEqual([0, 0, 1, 2, 3]);
  });

  it.each([
    ['min', 0.8, 1, 0.1, true],
    ['min', 0.9, 1, 0.1, false],
    ['min', 1, 1, 0, false],
    ['max', 1.2, 1, 0.1, true],
    ['max', 1.1, 1, 0.1, false],
    ['max', 1.05, 1, 0.1, false],
    ['max', 1, 1, 0, false],
    ['max', Number.POSITIVE_INFINITY, 1, 0, false],
    ['min', Number.NaN, null, 0, false],
    ['max', 1, null, 0.5, true],
  ] as const)('%s: %d after %j with minDelta %d is better: %s', (mode, value, than, minDelta, expected) => {
    expect(isBetter(value, than, mode, minDelta)).toBe(expected);
  });

  it('minDelta: a smaller gain does not reset patience, but its weights are still the best', async () => {
    const losses = [1.0, 0.95, 0.91, 0.9];
    expect(stopsAt(losses, { patience: 2 })).toBe(null);
    expect(stopsAt(losses, { patience: 2, minDelta: 0.1 })).toBe(3);
    const result = await fit(scripted(losses, { earlyStopping: { patience: 2, minDelta: 0.1 } }).options);
    expect(result).toMatchObject({ reason: 'early-stopped', epochs: 3, best: { value: expect.closeTo(0.91, 12) } });
  });

  it('mode max wants more, startFrom ignores early checks, minUpdates holds the stop back', () => {
    expect(stopsAt([1, 2, 1, 1], { patience: 2, mode: 'max' })).toBe(4);
    expect(stopsAt([1, 2, 1, 1], { patience: 2 })).toBe(3);
    expect(stopsAt([0.1, 0.5, 0.6, 0.7], { patience: 2 })).toBe(3);
    expect(stopsAt([0.1, 0.5, 0.6, 0.7], { patience: 2, startFrom: 2 })).toBe(4);
    expect(stopsAt([0.1, 0.5, 0.6, 0.7], { patience: 2 }, 4)).toBe(4);
  });

  it('a check that is not a number is no improvement', () => {
    expect(stopsAt([1, Number.NaN, Number.NaN], { patience: 2 })).toBe(3);
    expect(stopsAt([Number.NaN, 1, 2, 0.5], { patience: 2 })).toBe(null);
  });

  it('counts anew in every run', async () => {
    const options = () => scripted([1, 2, 3, 4], { earlyStopping: { patience: 2 } }).options;
    expect(await fit(options())).toMatchObject({ epochs: 3 });
    expect(await fit(options())).toMatchObject({ epochs: 3 });
  });

  it('restoreBestWeights: false leaves the last weights; without validation the training loss is monitored', async () => {
    const last = scripted([1, 0.5, 2], { earlyStopping: { patience: 5, restoreBestWeights: false } });
    expect(await fit(last.options)).toMatchObject({ weights: 'last', best: { value: 0.5 } });
    const { options } = toyRun({
      validation: undefined as never,
      maxEpochs: 30,
      earlyStopping: { patience: 1, minDelta: 10 },
    });
    expect(await fit(options)).toMatchObject({
      reason: 'early-stopped',
      epochs: 2,
      weights: 'best',
      best: { metric: 'trainLoss' },
    });
  });
});
