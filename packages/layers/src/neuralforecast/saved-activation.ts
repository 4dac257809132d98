import type { LayerActivation } from '../run-layers.ts';
import { cannotRead } from './refuse.ts';
import { ownValue } from './saved-values.ts';

const activations: Readonly<Record<string, LayerActivation>> = {
  ReLU: 'relu',
  Softplus: 'softplus',
  Tanh: 'tanh',
  SELU: 'selu',
  LeakyReLU: 'leakyRelu',
  PReLU: 'prelu',
  Sigmoid: 'sigmoid',
};

/** PyTorch's class of an activation as layers call it. @throws LayersError `layers/neuralforecast` for another */
export function savedActivation(saved: unknown): LayerActivation {
  const activation = ownValue(activations, saved);
  if (activation) return activation;
  throw cannotRead(`its activation is ${String(saved)}`, `known: ${Object.keys(activations).join(', ')}`);
}
