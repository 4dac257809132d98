import { adamw } from '@nt/optim';
import { createReferenceBackend } from '@nt/tensor/reference';
import { type CheckpointStorage, readCheckpoint, train } from '@nt/trainer';
import { mse } from '@nt/trainer/losses';
import { memoryStorage } from '@nt/trainer/storage/memory'; // files: nodeStorage('run/checkpoints')
import { createLine, createPoints } from './parts/line.ts';

/** A program that trains for 50 updates, and goes on where an earlier one was killed. */
function program(storage: CheckpointStorage) {
  const backend = createReferenceBackend();
  const model = createLine(backend.ops);
  return train({
    backend,
    model,
    batches: createPoints(),
    transform: adamw({ learningRate: 0.05 }),
    maxUpdates: 50,
    toTensors: ({ x, y }, ops) => ({ x: ops.tensor([...x], [4, 1]), y: ops.tensor([...y], [4, 1]) }),
    lossOf({ x, y }, { ops }) {
      const line = ops.add(ops.mul(x, model.parameters.get('slope')!), model.parameters.get('shift')!);
      return mse(ops, ops.reshape(line, [4, 1, 1]), y);
    },
    checkpoint: { storage, everyUpdates: 7 },
    resumeFrom: 'last',
    resumeIfPresent: true,
  });
}

const [killed, whole] = [memoryStorage(), memoryStorage()];
for await (const event of program(killed)) if (event.type === 'update-end' && event.update === 24) break;
for await (const event of program(killed)) {
  if (event.type === 'run-start') console.log(`resumed from ${event.resumedFrom}, update ${event.update}`);
}
for await (const _ of program(whole));

const [one, other] = [await readCheckpoint(killed, 'last'), await readCheckpoint(whole, 'last')];
for (const file of Object.keys(one.manifest.files)) {
  console.log(file, one.manifest.files[file]!.sha256 === other.manifest.files[file]!.sha256 ? 'same bits' : 'differs');
}
//> resumed from 000008-update-21, update 21
//> weights.safetensors same bits
//> optimizer.safetensors same bits
//> state.json same bits
//> best.safetensors same bits
