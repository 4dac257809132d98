import { assembleModel, initialWeights, type LayerPlan, parameterStore, runLayers } from '@nt/layers';
import { onnxFile } from '@nt/layers/onnx';
import type { NetworkOps, NeuralModel, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';

const size = { inputSize: 8, horizon: 2, outputs: 1, historic: 0, future: 0, static: 0 };
const layers: readonly LayerPlan[] = [
  { name: 'layers.0', inputs: 8, outputs: 16, activation: 'relu', dropout: true },
  { name: 'layers.1', inputs: 16, outputs: 2, activation: 'linear', dropout: false },
];

// A whole network: weights, and what a forward pass does with them.
function createMlp<T extends Tensor>(ops: NetworkOps<T>): NeuralModel<T> {
  const { all, addLayer } = parameterStore(ops, '');
  const draw = initialWeights(1);
  for (const layer of layers) addLayer(layer, draw(layer));
  return assembleModel(ops, {
    modelType: 'mlp',
    config: { ...size },
    parameters: all,
    forward: ({ input }, run) => {
      const once = { ...run, block: 0, blocks: 1, dropoutRate: 0.1 };
      return ops.reshape(runLayers(ops, { layers, slopes: [] }, input, all, once), [input.shape[0]!, 2, 1]);
    },
  });
}

const { ops } = createReferenceBackend();
const model = createMlp(ops);
const window = { input: ops.tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 8]) };
console.log(model.numParameters, model.forward(window, { training: false, random: { seed: 1, counter: 0 } }).shape);

const file = await onnxFile({ model, size, scaleDecouple: 'none', create: createMlp });
console.log(file.byteLength);
//> 178 [ 1, 2, 1 ]
//> 1419
