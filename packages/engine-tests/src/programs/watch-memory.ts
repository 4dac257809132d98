import { adamw, exponentialMovingAverage } from '@nt/optim';
import type { Backend } from '@nt/tensor';
import { jsonLinesLogger, listCheckpoints, memoryLogger, type TrainOptions, train } from '@nt/trainer';
import { mae } from '@nt/trainer/losses';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { createLinearForecaster, type LinearForecaster } from './linear-forecaster.ts';
import { type HeldMemory, intervals, type WatchedRun } from './watched-run.ts';
import { type WaveBatch, waveBatch, waveBatches } from './wave-batches.ts';

const sizes = { batch: 4, inputSize: 4, horizon: 2 } as const;

/** Trains a small model with `@nt/trainer`: validation, checkpoints, loggers, averaged weights and clipping on. */
export async function watchMemory(create: () => Promise<Backend<Tensor>>, updates: number): Promise<WatchedRun> {
  const backend = await create();
  const before = backend.memory().tensors;
  const model = createLinearForecaster(backend.ops, sizes);
  const storage = memoryStorage();
  const rows = memoryLogger();
  const text: string[] = [];
  const tensors: number[] = [];
  const validations: WatchedRun['validations'][number][] = [];
  const checkpoints: number[] = [];
  const begin = performance.now();
  const options: TrainOptions<Tensor, WaveBatch, WindowTensors> = {
    ...runOptions(backend, model),
    maxUpdates: updates,
    checkpoint: { storage, everyUpdates: intervals.checkpoint },
    loggers: [rows, jsonLinesLogger({ write: (line) => void text.push(line) })],
  };
  for await (const event of train(options)) {
    if (event.type === 'update-end') tensors.push(memory().numTensors);
    if (event.type === 'checkpoint-saved') checkpoints.push(event.update);
    if (event.type !== 'validation-end') continue;
    validations.push({ update: event.update, loss: event.metrics['validationLoss']!, held: heldMemory() });
  }
  const seconds = (performance.now() - begin) / 1000;
  const stored = (await listCheckpoints(storage)).map(({ manifest }) => manifest?.update);
  model.dispose();
  const outside = { before, after: backend.memory().tensors };
  await backend.dispose();
  const logged = { rows: rows.rows.length, lines: text.join('').trimEnd().split('\n').length };
  return { tensors, validations, checkpoints, stored, logged, outside, seconds };
}

interface WindowTensors {
  readonly input: Tensor;
  readonly target: Tensor;
}

/** Without `nanPolicy`: it waits for the device at every update, three times as long on a software adapter. */
function runOptions(
  backend: Backend<Tensor>,
  model: LinearForecaster<Tensor>,
): Omit<TrainOptions<Tensor, WaveBatch, WindowTensors>, 'maxUpdates'> {
  return {
    backend,
    model,
    transform: adamw({ learningRate: 0.01 }),
    averaging: exponentialMovingAverage({ decay: 0.9 }),
    gradientClipNorm: 1,
    batches: waveBatches(sizes, 50),
    toTensors: ({ size, input, target }, ops) => ({
      input: ops.tensor(input, [size, sizes.inputSize]),
      target: ops.tensor(target, [size, sizes.horizon]),
    }),
    lossOf: ({ input, target }, { ops }) => mae(ops, model.forward(input), target),
    logEvery: intervals.log,
    validation: { batches: () => [waveBatch(sizes, 1_000_000)], everyUpdates: intervals.validation },
  };
}

function heldMemory(): HeldMemory {
  const { numTensors, numDataBuffers, numBytes, ...ofEngine } = memory();
  const { numBytesInGPU, numBytesAllocatedInGPU } = ofEngine as Readonly<Record<string, unknown>>;
  return {
    tensors: numTensors,
    dataBuffers: numDataBuffers,
    bytes: numBytes,
    bytesInGpu: typeof numBytesInGPU === 'number' ? numBytesInGPU : null,
    bytesAllocatedInGpu: typeof numBytesAllocatedInGPU === 'number' ? numBytesAllocatedInGPU : null,
  };
}
