import { createNbeats } from '@nt/nbeats';
import { createReferenceBackend } from '@nt/tensor/reference';

const { ops } = createReferenceBackend();
const options = {
  inputSize: 24,
  horizon: 12,
  hiddenSize: 32,
  stackTypes: ['trend', 'seasonality'],
  nBlocks: [2, 2],
} as const;
const model = createNbeats(ops, options, { seed: 1 });
const input = ops.tensor(
  Array.from({ length: 24 }, (_, t) => 0.1 * t + Math.sin((2 * Math.PI * t) / 12)),
  [1, 24],
);

const forecast = model.forward({ input }, { training: false, random: { seed: 1, counter: 0 } });
const parts = model.decompose({ input });
console.log(model.numParameters, forecast.shape);
console.log(parts.map(({ type }) => type).join(' + '));
//> 19172 [ 1, 12, 1 ]
//> level + trend + trend + seasonality + seasonality
