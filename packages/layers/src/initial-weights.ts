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
 * @returns draws the weights of the next layer: call it for one layer after the other, in the network's order, and hand
 *   each to the engine before the next, since all together are twice the size of the network
 */
export function initialWeights(seed: number): (layer: LayerPlan) => LayerWeights {
  const generator = xoroshiro128plus(seed);
  const draw = (count: number, bound: number): Float64Array => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = (2 * uniformFloat64(generator) - 1) * bound;
    return values;
  };
  return ({ inputs, outputs }) => {
    const bound = 1 / Math.sqrt(inputs);
    return { weight: draw(inputs * outputs, bound), bias: draw(outputs, bound) };
  };
}
