import { adamw } from '@nt/optim';
import { createReferenceBackend } from '@nt/tensor/reference';
import { fit } from '@nt/trainer';
import { mse } from '@nt/trainer/losses';
import { createLine, createPoints } from './parts/line.ts';

const backend = createReferenceBackend(); // any engine will do; this one computes in float64
const model = createLine(backend.ops);

const result = await fit({
  backend,
  model,
  batches: createPoints(),
  transform: adamw({ learningRate: (completedUpdates) => 0.2 * 0.99 ** completedUpdates, weightDecay: 0 }),
  gradientClipNorm: 1,
  maxEpochs: 60,
  earlyStopping: { patience: 5, minDelta: 1e-6 },
  toTensors: ({ x, y }, ops) => ({ x: ops.tensor([...x], [4, 1]), y: ops.tensor([...y], [4, 1]) }),
  lossOf({ x, y }, { ops }) {
    const line = ops.add(ops.mul(x, model.parameters.get('slope')!), model.parameters.get('shift')!);
    return mse(ops, ops.reshape(line, [4, 1, 1]), y);
  },
  onEvent(event) {
    if (event.type === 'epoch-end' && event.epoch % 10 === 0) console.log(event.epoch, event.trainLoss.toFixed(4));
  },
});

const [slope, shift] = [...model.parameters.values()].map(({ values }) => values[0]!.toFixed(2));
console.log(`${result.reason}: y = ${slope} x + ${shift}`);
//> 0 2.4759
//> 10 0.0017
//> 20 0.0002
//> 30 0.0000
//> early-stopped: y = 2.00 x + 1.00
