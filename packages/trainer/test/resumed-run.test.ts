import {
  adamw,
  chain,
  exponentialMovingAverage,
  type GradientTransform,
  sgd,
  stochasticWeightAverage,
} from '@nt/optim';
import { describe, expect, it } from 'vitest';
import { fit, readCheckpoint, type TrainEvent } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

/** A validation whose loss follows a script, whatever the weights are. */
function scripted(losses: readonly number[]): Partial<ToyOptions> {
  let checks = 0;
  const { validation } = toyRun().options;
  return {
    validation: {
      batches: () => [...validation!.batches()].slice(0, 1),
      metricsOf: (_, { ops }) => ({ scripted: ops.tensor([losses[checks++]!], []) }),
    },
    monitor: 'scripted',
  };
}

describe('a run with averaged weights that is resumed from its best check', () => {
  it('still has the averaged weights as the best, not those in training', async () => {
    const storage = memoryStorage();
    const averaging = exponentialMovingAverage({ decay: 0.9 });
    const checkpoint = { storage, everyEpochs: 1 };
    const first = toyRun({ maxEpochs: 1, averaging, checkpoint, ...scripted([1]) });
    expect(await fit(first.options)).toMatchObject({ weights: 'best' });
    const averaged = await first.model.saveWeights();
    const saved = await readCheckpoint(storage, 'last');
    expect(saved.bestWeights).toEqual(averaged);
    expect(saved.weights).not.toEqual(averaged);
    const second = toyRun({ maxEpochs: 3, averaging, checkpoint, resumeFrom: 'best', ...scripted([2, 3]) });
    const result = await fit(second.options);
    expect(result).toMatchObject({ epochs: 3, weights: 'best', best: { update: 5 } });
    expect(await second.model.saveWeights()).toEqual(averaged);
  });
});

describe('an aborted run', () => {
  it('leaves the weights it would go on from, not the best, and validates nothing more', async () => {
    const abort = new AbortController();
    const run = toyRun({ maxEpochs: 9, signal: abort.signal, ...scripted([1, 2, 3]) });
    const events: TrainEvent[] = [];
    let atAbort: unknown;
    const result = await fit({
      ...run.options,
      onEvent(event) {
        events.push(event);
        if (event.type !== 'update-end' || event.update !== 12) return;
        atAbort = [...run.model.parameters.values()].map(({ values }) => [...values]);
        abort.abort();
      },
    });
    expect(result).toMatchObject({ reason: 'aborted', updates: 12, weights: 'last', best: { update: 5 } });
    expect([...run.model.parameters.values()].map(({ values }) => [...values])).toEqual(atAbort);
    expect(events.filter(({ type }) => type === 'validation-end')).toHaveLength(2);
  });

  it('with averaged weights leaves those', async () => {
    const averaging = exponentialMovingAverage({ decay: 0.5 });
    const run = toyRun({ maxEpochs: 9, averaging, signal: AbortSignal.abort() });
    expect(await fit(run.options)).toMatchObject({ reason: 'aborted', weights: 'averaged' });
  });
});

describe('checkpointSeconds', () => {
  it('is what checkpoints took of the seconds of this part of the run', async () => {
    let now = 0;
    const slow = memoryStorage();
    const write = slow.write.bind(slow);
    const storage = Object.assign(slow, {
      write: async (...parameters: Parameters<typeof write>) => {
        now += 1000;
        return write(...parameters);
      },
    });
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'update-end') now += 500;
    };
    const options = { clock: () => now, checkpoint: { storage, everyUpdates: 2, best: false } } as const;
    const first = await fit({ ...toyRun({ maxUpdates: 4, ...options }).options, onEvent });
    expect(first.checkpointSeconds).toBeGreaterThanOrEqual(2);
    expect(first.seconds - first.checkpointSeconds).toBe(2);
    const second = await fit({ ...toyRun({ maxUpdates: 6, ...options, resumeFrom: 'last' }).options, onEvent });
    expect(second.checkpointSeconds).toBe(first.checkpointSeconds / 2);
  });
});

describe('everyMinutes', () => {
  it('counts from the resume, not from the beginning of the run', async () => {
    const storage = memoryStorage();
    let now = 0;
    const minute = 60_000;
    const clock = () => now;
    const checkpoint = { storage, everyMinutes: 10, best: false };
    const saved: number[] = [];
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'update-end') now += 3 * minute;
      if (event.type === 'checkpoint-saved') saved.push(event.update);
    };
    await fit({ ...toyRun({ maxUpdates: 6, clock, checkpoint }).options, onEvent });
    expect(saved).toEqual([4, 6]);
    saved.length = 0;
    await fit({ ...toyRun({ maxUpdates: 14, clock, checkpoint, resumeFrom: 'last' }).options, onEvent });
    expect(saved).toEqual([10, 14]);
  });
});

describe('a resumed run with other numbers', () => {
  const rate = (updates: number): number => 0.05 / (1 + updates);
  const cases: Record<string, [before: Partial<ToyOptions>, now: Partial<ToyOptions>, path: RegExp]> = {
    'weight decay': [
      { transform: adamw({ weightDecay: 0.01 }) },
      { transform: adamw({ weightDecay: 0.1 }) },
      /transform.hyperparameters.weightDecay: 0.01 → 0.1/,
    ],
    'a decay that is not built at 0': [
      { transform: adamw({ weightDecay: 0 }) },
      { transform: adamw({ weightDecay: 0.1 }) },
      /weightDecay: absent → 0.1/,
    ],
    'a learning rate': [
      { transform: sgd({ learningRate: 0.1 }) },
      { transform: sgd({ learningRate: 0.2 }) },
      /learningRate: 0.1 → 0.2/,
    ],
    'a schedule replaced by a constant': [
      { transform: adamw({ learningRate: rate }) },
      { transform: adamw({ learningRate: 0.05 }) },
      /learningRate: "schedule" → 0.05/,
    ],
    'a constant replaced by a schedule': [
      { transform: adamw({ learningRate: 0.05 }) },
      { transform: adamw({ learningRate: rate }) },
      /learningRate: 0.05 → "schedule"/,
    ],
    'the decay of an average': [
      { averaging: exponentialMovingAverage({ decay: 0.9 }) },
      { averaging: exponentialMovingAverage({ decay: 0.99 }) },
      /averaging.hyperparameters.decay: 0.9 → 0.99/,
    ],
    'when an average begins': [
      { averaging: stochasticWeightAverage({ startAfter: 3 }) },
      { averaging: stochasticWeightAverage({ startAfter: 9 }) },
      /averaging.steps.0.startAfter: 3 → 9/,
    ],
    nesterov: [
      { transform: sgd({ momentum: 0.9 }) },
      { transform: sgd({ momentum: 0.9, nesterov: true }) },
      /steps.0.nesterov: false → true/,
    ],
    'the order of a chain': [{ transform: ordered(false) }, { transform: ordered(true) }, /transform.name/],
    'gradient clipping': [{ gradientClipNorm: 1 }, { gradientClipNorm: 2 }, /gradientClipNorm: 1 → 2/],
  };

  function ordered(reversed: boolean): GradientTransform {
    const parts = [exponentialMovingAverage({ decay: 0.9 }), sgd()];
    return chain(...(reversed ? parts.reverse() : parts));
  }

  it.each(Object.entries(cases))('%s: refused, and taken when it is declared', async (_, [before, now, path]) => {
    const checkpoint = { storage: memoryStorage() };
    await fit(toyRun({ maxEpochs: 1, checkpoint, ...before }).options);
    await fit(toyRun({ maxEpochs: 1, checkpoint, resumeFrom: 'last', ...before }).options);
    const refused = fit(toyRun({ maxEpochs: 1, checkpoint, resumeFrom: 'last', ...now }).options);
    await expect(refused).rejects.toMatchObject({
      code: 'trainer/config-changed',
      message: expect.stringMatching(path),
      details: { problem: expect.stringMatching(path), remedy: expect.stringContaining('allowChanged') },
    });
  });

  it('a declared change of a hyperparameter is a notice', async () => {
    const checkpoint = { storage: memoryStorage() };
    await fit(toyRun({ maxEpochs: 1, checkpoint, transform: adamw({ weightDecay: 0.01 }) }).options);
    const { options } = toyRun({
      maxEpochs: 1,
      checkpoint,
      resumeFrom: 'last',
      allowChanged: ['weightDecay'],
      transform: adamw({ weightDecay: 0.1 }),
    });
    const events: TrainEvent[] = [];
    await fit({ ...options, onEvent: (event) => events.push(event) });
    expect(events[1]).toMatchObject({ code: 'config-changed', message: expect.stringContaining('weightDecay') });
  });
});
