import { expect, it } from 'vitest';
import { fit, type TrainEvent, train } from '../src/index.ts';
import { toyRun } from './toy/toy-run.ts';

it('fit lowers the loss and counts updates, epochs and windows', async () => {
  const { options, backend } = toyRun({ maxEpochs: 12, logEvery: 1 });
  const before = backend.memory().tensors;
  const events: TrainEvent[] = [];
  const result = await fit({ ...options, onEvent: (event) => events.push(event) });
  expect(result).toMatchObject({ reason: 'completed', updates: 60, epochs: 12, windows: 12 * 18, weights: 'best' });
  const losses = result.history.filter(({ kind }) => kind === 'epoch').map(({ values }) => values['epochLoss']!);
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 5);
  expect(events.filter(({ type }) => type === 'update-end')).toHaveLength(60);
  expect(backend.memory().tensors).toBe(before);
});

it('a generator that is left early frees everything', async () => {
  const { options, backend } = toyRun({ maxEpochs: 12 });
  const before = backend.memory().tensors;
  for await (const event of train(options)) if (event.type === 'update-end' && event.update === 7) break;
  expect(backend.memory().tensors).toBe(before);
});
