import { readFileSync } from 'node:fs';
import { createEventWriter, type EventSink } from '../src/index.ts';

/** The events of test/golden/generate.py, in its order and at its time. */
export function logEverything(sink: EventSink): void {
  const writer = createEventWriter({ sink, clock: () => 1_700_000_000_500, resumedAt: 40 });
  const hyperparameters = { optimizer: 'adamw', learningRate: 0.001, decay: 0, nesterov: false };
  writer.hyperparameters(hyperparameters, ['validation/loss']);
  writer.log({ 'train/loss': 0, größe: -1.5 }, { update: 0 });
  writer.log({ 'train/loss': 0.1 }, { update: 300 });
  writer.log({ 'train/loss': Infinity }, { update: Number.MAX_SAFE_INTEGER });
  writer.histogram('weights', Float32Array.of(3, -1, 0, 1, 2, -1), { update: 300 }, { buckets: 4 });
  writer.histogram('bias', [0, 0], { update: 301 });
  writer.text('notes', '**naïve** baseline: 0.5\n', { update: 300 });
  writer.image('forecast', readFileSync(new URL('golden/pixels.png', import.meta.url)), { update: 300 });
  writer.endSession('success');
  writer.close();
}
