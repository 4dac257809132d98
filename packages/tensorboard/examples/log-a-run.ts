import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEventWriter } from '@nt/tensorboard';
import { openEventFile } from '@nt/tensorboard/node';

const folder = await mkdtemp(join(tmpdir(), 'runs-'));
const writer = createEventWriter({ sink: openEventFile(join(folder, 'adamw-1')) });

writer.hyperparameters({ optimizer: 'adamw', learningRate: 0.001 }, ['validation/loss']);
for (let update = 0; update < 300; update += 100) {
  writer.log({ 'train/loss': 1 / (1 + update), learningRate: 0.001 }, { update });
}
writer.histogram('weights/layer.0', Float32Array.of(-0.2, 0, 0.1, 0.4), { update: 300 });
writer.text('notes', 'Beats the **naive** baseline.', { update: 300 });
writer.log({ 'validation/loss': 0.4 }, { update: 300 });
writer.endSession('success');
writer.close();

const [file] = await readdir(join(folder, 'adamw-1'));
console.log(file?.startsWith('events.out.tfevents.'));
await rm(folder, { recursive: true });
//> true
