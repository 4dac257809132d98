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
 */
export function initialWeights(layers: readonly LayerPlan[], seed: number): ReadonlyMap<string, LayerWeights> {
  const generator = xoroshiro128plus(seed);
  const draw = (count: number, bound: number): Float64Array => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = (2 * uniformFloat64(generator) - 1) * bound;
    return values;
  };
  return new Map(
    layers.map(({ name, inputs, outputs }) => {
      const bound = 1 / Math.sqrt(inputs);
      return [name, { weight: draw(inputs * outputs, bound), bias: draw(outputs, bound) }];
    }),
  );
}
