import { adamw, exponentialMovingAverage } from '@nt/optim';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fit, memoryLogger, train } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { finalState } from './toy/final-state.ts';
import { stockBackend } from './toy/stock-backend.ts';
import { toyBatches, toyData } from './toy/toy-data.ts';
import { type ToyOptions, type ToyRun, toyRun } from './toy/toy-run.ts';

let engines: Record<string, Backend<Tensor>>;
beforeAll(async () => {
  engines = { reference: createReferenceBackend() as unknown as Backend<Tensor>, 'stock cpu': await stockBackend() };
});
afterAll(async () => {
  for (const backend of Object.values(engines)) await backend.dispose();
});

let models = 0;
/** Variables need names of their own on a shared engine. */
function runOn(engine: string, options: Partial<ToyOptions<Tensor>>, rows = 10): ToyRun<Tensor> {
  const setup = { backend: engines[engine]!, rows, model: { hidden: 1, dropout: 0.2, prefix: `model-${models++}.` } };
  return toyRun<Tensor>(
    {
      transform: adamw({ learningRate: 0.01 }),
      averaging: exponentialMovingAverage({ decay: 0.9 }),
      gradientClipNorm: 1,
      accumulate: 2,
      nanPolicy: 'skip',
      ...options,
    },
    setup,
  );
}

describe.each(['reference', 'stock cpu'])('on %s', (engine) => {
  it('the tensor count is constant over 2,000 updates with validation, checkpoints and loggers', {
    timeout: 300_000,
  }, async () => {
    const held = toyBatches(toyData(2, 99));
    const { options, backend } = runOn(
      engine,
      {
        maxUpdates: 2000,
        accumulate: 1,
        logEvery: 7,
        validation: { batches: () => held, everyUpdates: 100 },
        checkpoint: { storage: memoryStorage(), everyUpdates: 250 },
        loggers: [memoryLogger()],
      },
      4,
    );
    const before = backend.memory();
    const counts = new Map<string, Set<number>>();
    for await (const event of train(options)) {
      // Steady state is reached with the first update, which makes the optimizer's state and the first norm.
      if (event.type === 'run-start' || event.type === 'run-end' || ('update' in event && event.update < 2)) continue;
      const seen = counts.get(event.type) ?? new Set();
      counts.set(event.type, seen.add(backend.memory().tensors));
    }
    expect([...counts].map(([type, seen]) => [type, seen.size])).toEqual([...counts.keys()].map((type) => [type, 1]));
    expect(backend.memory()).toEqual(before);
  });

  it('the same seed gives the same bits, and so does a run that is killed and resumed', async () => {
    const program = () => ({ maxEpochs: 4, checkpoint: { storage: memoryStorage(), everyUpdates: 3 } });
    const one = runOn(engine, program());
    const expected = await finalState(one.options.checkpoint!.storage, one as never, await fit(one.options));
    const two = runOn(engine, program());
    expect(await finalState(two.options.checkpoint!.storage, two as never, await fit(two.options))).toEqual(expected);
    const killed = runOn(engine, program());
    for await (const event of train(killed.options)) if (event.type === 'update-end' && event.update === 5) break;
    const { checkpoint } = killed.options;
    const resumed = runOn(engine, { maxEpochs: 4, checkpoint: checkpoint!, resumeFrom: 'last' });
    expect(await finalState(checkpoint!.storage, resumed as never, await fit(resumed.options))).toEqual(expected);
  });
});
