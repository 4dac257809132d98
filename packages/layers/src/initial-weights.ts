import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { LayerPlan } from './run-layers.ts';

/** Weight `[inputs, outputs]` and bias `[outputs]` of a layer, row-major. */
export interface LayerWeights {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/**
 * PyTorch's default for `nn.Linear`: weights and biases uniform in ±1/√inputs. The numbers themselves are ours, drawn on
 * the host from one seeded xoroshiro128+ stream, so they are the same on every engine.
 *
 * @returns draws the weights of the next layer: call it for one layer after the other, in the network's order. What it
 *   gives is valid until the next call, since all together would be twice the size of the network
 */
export function initialWeights(seed: number): (layer: LayerPlan) => LayerWeights {
  const generator = xoroshiro128plus(seed);
  let memory = new Float64Array();
  return ({ inputs, outputs }) => {
    const [bound, count] = [1 / Math.sqrt(inputs), (inputs + 1) * outputs];
    if (memory.length < count) memory = new Float64Array(count);
    for (let i = 0; i < count; i++) memory[i] = (2 * uniformFloat64(generator) - 1) * bound;
    return { weight: memory.subarray(0, inputs * outputs), bias: memory.subarray(inputs * outputs, count) };
  };
}
