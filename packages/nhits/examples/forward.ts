import { createNhits } from '@nt/nhits';
import { createReferenceBackend } from '@nt/tensor/reference';

const { ops } = createReferenceBackend();
const model = createNhits(ops, { inputSize: 24, horizon: 12, hiddenSize: 32 }, { seed: 1 });
const input = ops.tensor(
  Array.from({ length: 24 }, (_, t) => Math.sin((2 * Math.PI * t) / 12)),
  [1, 24],
);
const forecast = model.forward({ input }, { training: false, random: { seed: 1, counter: 0 } });

console.log(model.numParameters, forecast.shape);
//> 14205 [ 1, 12, 1 ]
